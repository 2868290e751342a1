import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ProblemParams } from '../../contract/problem.ts'
import type { CertaintySettings } from '../../contract/regulation/composite.ts'
import type { CertaintySummary } from '../../contract/resources/certainty.ts'
import type { LineKind } from '../../contract/resources/runs.ts'
import type { LocalizedText } from '../../contract/text.ts'
import type { Id, Json, OptionalJson, Time } from './column.ts'

export interface SnapshotTable {
  id: Id
  period_from: string
  period_to: string
  facts_from: string | null
  taken_at: Time
  teachers: number
  facts: number
  hash: string
  /** Frozen before names stood outside of the hash. */
  names_hashed: Generated<boolean>
}
export interface SnapshotUnitTable {
  snapshot_id: number
  unit_id: number
  parent_id: number | null
  kind: string
  code: string
  name: JSONColumnType<LocalizedText>
}
export interface SnapshotTeacherTable {
  snapshot_id: number
  teacher_id: number
  code: string
  family_name: string
  given_name: string
  patronymic: string | null
  unit_id: number
  faculty_id: number | null
  position: string | null
  degree: string | null
  rate: string
  service_from: string | null
  leave_days: number
  sex: string | null
  birth_year: number | null
  field: string | null
  citizenship: string | null
  employed_days: number | null
}
export interface SnapshotPostTable {
  snapshot_id: number
  teacher_id: number
  post_no: number
  unit_id: number
  position: string | null
  rate: string
  first_day: string
  last_day: string
}
export interface SnapshotLeaderTable {
  snapshot_id: number
  teacher_id: number
  unit_id: number
}
export interface SnapshotFactTable {
  snapshot_id: number
  teacher_id: number
  fact_no: number
  indicator: string
  happened_on: string
  quantity: string
  role: string | null
  participants: number
  share: string | null
  attributes: Json<Record<string, unknown>>
  evidence_id: number | null
  ordinal: number | null
  affiliated: number | null
  role_counts: Json<Record<string, number>> | null
  expert_points: string | null
}
export interface RunTable {
  id: Id
  purpose: 'official' | 'trial'
  regulation_version_id: number
  snapshot_id: number | null
  period_from: string
  period_to: string
  state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>
  requested_by: number
  requested_at: Time
  finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  cancel_requested: Generated<boolean>
  failure: OptionalJson<{ code: string; params: Record<string, unknown> }>
  weights: OptionalJson<{ weights: Record<string, string>; how: Record<string, unknown> }>
  hash: string | null
  known_at: string | null
}
export interface RunProgressTable {
  run_id: number
  stage: string
  fraction: number
  updated_at: Time
}
export interface RunCertaintyTable {
  run_id: number
  state: Generated<'queued' | 'running' | 'done' | 'failed'>
  fraction: Generated<number>
  requested_at: Time
  finished_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  failure: OptionalJson<{ code: string; params: ProblemParams }>
  settings: OptionalJson<CertaintySettings>
  summary: OptionalJson<CertaintySummary>
}
export interface RunCertaintyTeacherTable {
  run_id: number
  teacher_id: number
  league: string
  place: number
  lower_place: number | null
  upper_place: number | null
  median_place: number | null
  tied_band: number | null
  failed_share: number
}
export interface RunTeacherTable {
  run_id: number
  teacher_id: number
  league: string | null
  status: 'ranked' | 'excluded' | 'blocked'
  reasons: Json<{ code: string; clause: string | null; params: Record<string, unknown> }[]>
  total: string | null
  total_rounded: string | null
  place: number | null
  band: string | null
  money: string | null
  notes: Json<{ code: string; clause: string | null; params: Record<string, unknown> }[]>
}
export interface RunUnitTable {
  run_id: number
  unit_id: number
  scored: number
  fte: string
  total: string | null
  place: number | null
}
export interface RunAreaTable {
  run_id: number
  teacher_id: number
  area: string
  points: string
  weight: string
  score: string
  normalised: string | null
}
export interface RunLineTable {
  run_id: number
  teacher_id: number
  line_no: number
  kind: LineKind
  area: string | null
  clause: string
  fact_no: number | null
  fact_teacher_id: number | null
  amount: string
}

/** Snapshots and runs: frozen once, never changed. */
export interface RatingTables {
  snapshot: SnapshotTable
  snapshot_unit: SnapshotUnitTable
  snapshot_teacher: SnapshotTeacherTable
  snapshot_fact: SnapshotFactTable
  snapshot_post: SnapshotPostTable
  snapshot_leader: SnapshotLeaderTable
  run: RunTable
  run_progress: RunProgressTable
  run_certainty: RunCertaintyTable
  run_certainty_teacher: RunCertaintyTeacherTable
  run_teacher: RunTeacherTable
  run_area: RunAreaTable
  run_line: RunLineTable
  run_unit: RunUnitTable
}
