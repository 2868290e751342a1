import type { Actor } from '@ustaz/core/plugin'
import type { Transaction } from 'kysely'
import type { ConsultationChangeTable, ExpertTables } from '../tables.ts'

export interface Change {
  consultationId: number
  actor: Actor
  at: Date
  action: ConsultationChangeTable['action']
  reason?: string
  regulationVersion?: string
}

/** Adds a line to the history of a consultation, in the same transaction as the change itself. */
export async function recordChange(trx: Transaction<ExpertTables>, change: Change): Promise<void> {
  await trx
    .insertInto('consultation_change')
    .values({
      consultation_id: change.consultationId,
      account_id: change.actor.accountId,
      account_name: change.actor.name,
      changed_at: change.at,
      action: change.action,
      reason: change.reason ?? null,
      regulation_version: change.regulationVersion ?? null,
    })
    .execute()
}
