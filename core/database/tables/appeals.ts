import type { ColumnType, Generated } from 'kysely'
import type { Id, OptionalJson, Time } from './column.ts'

export interface AppealTable {
  id: Id
  run_id: number
  teacher_id: number
  subject: 'line' | 'evidence' | 'standing'
  line_no: number | null
  evidence_id: number | null
  clause: string | null
  reason: string
  state: Generated<'filed' | 'in-review' | 'upheld' | 'rejected' | 'withdrawn'>
  filed_by: number
  filed_at: Time
  answer_until: string
  reviewer_id: ColumnType<number | null, number | null | undefined, number | null>
  answer: ColumnType<string | null, string | null | undefined, string | null>
  answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
export interface AppealChangeTable {
  id: Id
  appeal_id: number
  account_id: number
  happened_at: Time
  action: 'file' | 'attach' | 'assign' | 'uphold' | 'reject' | 'withdraw'
  reason: string | null
  reviewer_id: number | null
}
export interface AppealFileTable {
  id: Id
  appeal_id: number
  name: string
  media_type: string
  bytes: number
  sha256: string
  uploaded_by: number
  uploaded_at: Time
}
export interface AppealCorrectionTable {
  id: Id
  appeal_id: number
  kind: 'evidence' | 'remove' | 'add' | 'person'
  evidence_id: number | null
  fact_no: number | null
  fact: OptionalJson<Record<string, unknown>>
  reason: string
}
export interface RunCorrectionTable {
  id: Id
  run_id: number
  base_run_id: number
}
export interface RunCorrectionAppealTable {
  run_correction_id: number
  appeal_id: number
}

/** Appeals and the runs that carry out what was upheld. */
export interface AppealTables {
  appeal: AppealTable
  appeal_change: AppealChangeTable
  appeal_file: AppealFileTable
  appeal_correction: AppealCorrectionTable
  run_correction: RunCorrectionTable
  run_correction_appeal: RunCorrectionAppealTable
}
