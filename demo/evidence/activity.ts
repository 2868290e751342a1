import type { Random } from '../random.ts'
import type { InventedName } from '../people/names.ts'
import type { Position } from '../people/posts.ts'
import type { Teacher, WorkArea } from '../people/teacher.ts'
import type { University } from '../people/university.ts'
import type { Field, FieldId } from '../words/fields.ts'
import type { Language } from '../words/read-words.ts'
import type { Season } from './seasons.ts'

/** Somebody who takes part in what a teacher leads. `student` and `foreigner` are no teachers of this university. */
export interface Member {
  kind: 'lead' | 'colleague' | 'student' | 'outsider' | 'foreigner'
  teacher: Teacher | null
  name: InventedName
}

/** How many take part beside the one who leads: means of counts of colleagues and outsiders, chances of the others. */
export interface TeamShape {
  colleagues: number
  outsiders?: number
  students?: number
  foreigners?: number
}

/** Everything an entry is written from. */
export interface Scene {
  university: University
  random: Random
  teacher: Teacher
  position: Position
  field: Field
  /** In which the entry is written. */
  language: Language
  /** The day it happened. */
  day: string
  /** The calendar year it is counted to, such as the stage of a project. */
  stageYear: number
  team: readonly Member[]
  /** Of this entry alone in the whole university: letters, digits, hyphens. */
  key: string
}

/** A sort of thing that teachers do, with how often they do it. */
export interface Activity {
  id: string
  /** plugin.kind */
  indicator: string
  area: WorkArea
  /**
   * Entries that a full-time teacher of average activity leads in 2021/22, by position: professor, associate professor,
   * assistant professor, senior lecturer, lecturer, assistant.
   */
  perYear: readonly [number, number, number, number, number, number]
  /** By how much it grows from year to year; default 1: not at all. */
  growth?: number
  /** How much more often it happens in some fields; default 1. */
  inField?: Partial<Record<FieldId, number>>
  season: Season
  /** Default: the teacher alone. */
  team?: TeamShape
  /** Of the one who leads and of the others; default: none. */
  roles?: readonly [lead: string, other: string]
  /** Chance that the participants agreed on shares. */
  shares?: number
  /** Years it goes on, each entered by itself under the same number; default 1. */
  stages?: number
  /** The data as the evidence kind's schema puts them out. */
  write(scene: Scene): Record<string, unknown>
}
