import type { ColumnType, Generated } from 'kysely'
import type { Id, Time } from './column.ts'

export interface ShadowTable {
  id: Id
  run_id: number
  state: Generated<'review' | 'published' | 'ended'>
  created_by: number
  created_at: Time
  moved_by: number | null
  moved_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
}
export interface ShadowPlaceTable {
  shadow_id: number
  code: string
  league: string | null
  place: number | null
  total: string | null
}
export interface PublicationTable {
  id: Id
  run_id: number
  state: 'preliminary' | 'final' | 'replaced' | 'withdrawn'
  note: string
  account_id: number
  happened_at: Time
  run_hash: string
  appeals_until: ColumnType<string | null, string | null | undefined, string | null>
  answer_days: ColumnType<number | null, number | null | undefined, number | null>
  replaced_by: ColumnType<number | null, number | null | undefined, number | null>
}
export interface TableByNameTable {
  id: Id
  is_on: boolean
  reason: string
  account_id: number
  happened_at: Time
}

/** Which results are seen by whom, and old ratings beside them. */
export interface PublicationTables {
  publication: PublicationTable
  table_by_name: TableByNameTable
  shadow: ShadowTable
  shadow_place: ShadowPlaceTable
}
