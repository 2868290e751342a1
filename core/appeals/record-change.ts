import type { Transaction } from 'kysely'
import type { AppealChangeTable } from '../database/tables/appeals.ts'
import type { CoreTables } from '../database/tables.ts'

/** Adds a line to the history of an appeal, in the same transaction as the change itself; answers its id. */
export async function recordChange(
  trx: Transaction<CoreTables>,
  change: {
    appealId: number
    accountId: number
    at: Date
    action: AppealChangeTable['action']
    reason?: string | null
    reviewerId?: number
  },
): Promise<number> {
  const { id } = await trx
    .insertInto('appeal_change')
    .values({
      appeal_id: change.appealId,
      account_id: change.accountId,
      happened_at: change.at,
      action: change.action,
      reason: change.reason ?? null,
      reviewer_id: change.reviewerId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
