import type { LocalizedText } from '@ustaz/core/contract'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ModelCard } from './contract.ts'
import type { Backtest } from './ratings/backtest.ts'
import type { BackendName } from './network/backend.ts'
import type { SortingTables } from './sorting/tables.ts'

export const kinds = ['teacher', 'department', 'faculty', 'university'] as const
export type SubjectKind = (typeof kinds)[number]
export interface KnownPeriod {
  from: string
  to: string
  runId: number
}

export interface OutlookTable {
  id: Generated<number>
  run_id: number
  regulation_code: string
  made_at: ColumnType<Date, Date, never>
  periods: JSONColumnType<KnownPeriod[]>
  horizon: number
  backend: BackendName
  seed: number
  seconds: number
  card: JSONColumnType<ModelCard> | null
}
export interface OutlookMeasureTable {
  outlook_id: number
  measure: string
  place: number
  title: JSONColumnType<LocalizedText> | null
  /** Of teachers, and of units by their kind; units absent: the outlook is older than their trial. */
  backtest: JSONColumnType<
    Backtest & { units?: Record<Exclude<SubjectKind, 'teacher'>, Backtest | null> }
  > | null
}
export interface OutlookSubjectTable {
  outlook_id: number
  measure: string
  kind: SubjectKind
  subject_id: number
  /** The subject where it is a teacher. */
  teacher_id: ColumnType<number | null, never, never>
  unit_id: number | null
  past: (number | null)[]
  periods: number
  basis: 'peers' | 'both' | 'unit'
  mean: number[]
  lower80: number[]
  upper80: number[]
  lower95: number[]
  upper95: number[]
  change: number | null
}
/** Of units only: what one person gets by one clause is mostly nothing or one thing, and no trend. */
export interface OutlookClauseTable {
  outlook_id: number
  kind: Exclude<SubjectKind, 'teacher'>
  subject_id: number
  place: number
  area: string | null
  clause: string
  title: JSONColumnType<LocalizedText>
  past: (number | null)[]
  mean: number[]
  deviation: number
}
export interface ForecastTables extends SortingTables {
  outlook: OutlookTable
  outlook_clause: OutlookClauseTable
  outlook_measure: OutlookMeasureTable
  outlook_subject: OutlookSubjectTable
}
