import type { Transaction } from 'kysely'
import type { EvidenceState } from '../contract/resources/evidence.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Move } from './moves.ts'

export interface Change {
  evidenceId: number
  accountId: number
  at: Date
  action: 'create' | 'edit' | 'attach' | 'detach' | 'join' | 'merge' | 'judge' | 'pass' | 'skip' | Move
  /** null: it did not exist. */
  from: EvidenceState | null
  to: EvidenceState
  reason?: string | null
  /** The fields that differ, as they were. */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** Clause id of the stage that was decided in or skipped. */
  stage?: string | null
  /** In whose stead. */
  forAccountId?: number | null
  /** Outside of its window, as the regulation allows. */
  late?: boolean
}

/** Adds a line to the history of an entry; in the same transaction as the change itself. */
export async function recordChange(trx: Transaction<CoreTables>, change: Change): Promise<void> {
  await trx
    .insertInto('evidence_change')
    .values({
      evidence_id: change.evidenceId,
      account_id: change.accountId,
      changed_at: change.at,
      action: change.action,
      from_state: change.from,
      to_state: change.to,
      reason: change.reason ?? null,
      before: change.before ? JSON.stringify(change.before) : null,
      after: change.after ? JSON.stringify(change.after) : null,
      stage: change.stage ?? null,
      for_account_id: change.forAccountId ?? null,
      late: change.late ?? false,
    })
    .execute()
}
