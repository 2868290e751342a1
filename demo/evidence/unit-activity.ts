import type { Random } from '../random.ts'
import type { Field } from '../words/fields.ts'
import type { Language } from '../words/read-words.ts'
import type { Season } from './seasons.ts'

/** Everything a leader's entry about the unit is written from. */
export interface UnitScene {
  random: Random
  /** Of the leader's own department. */
  field: Field
  /** In which the entry is written. */
  language: Language
  /** The unit's name in that language. */
  unitName: string
  /** Teachers of the unit. */
  size: number
  /** A programme of the unit, with its code. */
  programme: string
  /** The year the academic year begins in. */
  year: number
  /** Somebody from abroad who does not exist. */
  stranger: string
  /** Of this entry alone in the whole university. */
  key: string
}

/** A sort of thing that leaders report of their unit, with how often. */
export interface UnitActivity {
  id: string
  /** plugin.kind */
  indicator: string
  /** Mean number of entries a year; `once`: one each year. */
  perYear: number | 'once'
  season: Season
  /** The data as the evidence kind's schema puts them out. */
  write(scene: UnitScene): Record<string, unknown>
}
