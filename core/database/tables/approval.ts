import type { StageDecision, StageHolder } from '../../contract/regulation/approval.ts'
import type { Id } from './column.ts'

export interface EvidenceTurnTable {
  id: Id
  evidence_id: number
  round: number
  stage: string
  holder: StageHolder
  unit_id: number | null
  may: StageDecision[]
  since: Date
  due_on: string | null
  closes_on: string | null
  closed_at: Date | null
  outcome: StageDecision | 'idle' | null
  account_id: number | null
  for_account_id: number | null
}
export interface DelegationTable {
  id: Id
  from_account_id: number
  to_account_id: number
  starts_on: string
  ends_on: string
  created_by: number
  created_at: Date
  ended_by: number | null
  ended_at: Date | null
}
export interface RelativeTable {
  id: Id
  account_id: number
  teacher_id: number
  created_by: number
  created_at: Date
  ended_by: number | null
  ended_at: Date | null
}

/** Whose turn it is, who stands in for whom, who is related. */
export interface ApprovalTables {
  evidence_turn: EvidenceTurnTable
  delegation: DelegationTable
  relative: RelativeTable
}
