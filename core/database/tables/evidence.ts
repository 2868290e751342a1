import type { ColumnType, Generated } from 'kysely'
import type { Id, Json, Time } from './column.ts'

export interface EvidenceTable {
  id: Id
  indicator: string
  data: Json<Record<string, unknown>>
  title: string
  happened_on: string | null
  identity: string | null
  state: Generated<'draft' | 'submitted' | 'returned' | 'approved' | 'rejected'>
  participant_count: Generated<number>
  affiliated_count: number | null
  /** Role -> participants who have it. */
  role_counts: Json<Record<string, number>> | null
  expert_points: string | null
  approval_version_id: number | null
  merged_into: ColumnType<number | null, number | null | undefined, number | null>
  revision: Generated<number>
  created_by: number
  created_at: Time
  updated_at: Time
}
export interface EvidenceParticipantTable {
  evidence_id: number
  ordinal: number
  teacher_id: number | null
  name: string
  role: string | null
  share: string | null
  affiliated: Generated<boolean>
}
export interface EvidenceFileTable {
  id: Id
  evidence_id: number
  name: string
  media_type: string
  bytes: number
  sha256: string
  uploaded_by: number
  uploaded_at: Time
  scanned_at: ColumnType<Date | null, Date | null | undefined, Date>
}
export interface ShareConfirmationTable {
  id: Id
  evidence_id: number
  teacher_id: number
  share: string
  account_id: number
  confirmed_at: Time
}
export interface EvidenceChangeTable {
  id: Id
  evidence_id: number
  changed_at: Time
  account_id: number
  action: string
  from_state: string | null
  to_state: string
  reason: string | null
  before: ColumnType<unknown, string | null, never>
  after: ColumnType<unknown, string | null, never>
  stage: string | null
  for_account_id: number | null
  late: Generated<boolean>
}
export interface EvidenceCopyTable {
  id: Id
  first_id: number
  second_id: number
  verdict: 'same' | 'perhaps' | 'different'
  first_revision: number
  second_revision: number
  found_at: Date
  decision: 'merged' | 'separate' | null
  kept_id: number | null
  reason: string | null
  account_id: number | null
  decided_at: Date | null
}
/** Entries whose copies were looked for. */
export interface EvidenceComparedTable {
  evidence_id: number
  revision: number
  way: number
}

/** What teachers did, who took part, its files and history. */
export interface EvidenceTables {
  evidence: EvidenceTable
  evidence_participant: EvidenceParticipantTable
  evidence_file: EvidenceFileTable
  share_confirmation: ShareConfirmationTable
  evidence_change: EvidenceChangeTable
  evidence_copy: EvidenceCopyTable
  evidence_compared: EvidenceComparedTable
}
