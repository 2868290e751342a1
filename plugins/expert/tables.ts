import type { LocalizedText } from '@ustaz/core/contract'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Answer } from './answer/answer.ts'
import type { Area } from './answer/areas.ts'
import type { RandomIndex } from './pairwise/consistency.ts'

type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ConsultationTable {
  id: Generated<number>
  title: JSONColumnType<LocalizedText>
  version_id: number
  regulation_code: string
  regulation_version: string
  areas: JSONColumnType<Area[]>
  method: Answer['method']
  random_index: RandomIndex
  /** Exact decimal as text. */
  ratio_limit: string
  when_inconsistent: 'refuse' | 'warn'
  opens_at: Time
  closes_at: Time
  closed_at: OptionalTime
  revision: Generated<number>
}
export interface SheetTable {
  consultation_id: number
  account_id: number
  name: string
  answer: JSONColumnType<Answer>
  revision: Generated<number>
  saved_at: OptionalTime
  submitted_at: OptionalTime
}
export interface ConsultationChangeTable {
  id: Generated<number>
  consultation_id: number
  account_id: number
  account_name: string
  changed_at: Time
  action: 'open' | 'change' | 'close' | 'submit' | 'take-back' | 'save-weighting'
  reason: string | null
  regulation_version: string | null
}

/** The tables of this plugin, in its own schema. */
export interface ExpertTables {
  consultation: ConsultationTable
  sheet: SheetTable
  consultation_change: ConsultationChangeTable
}
