import type { Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { RegulationChangeTable } from '../database/tables/regulations.ts'
import type { AcceptedWarning } from '../contract/resources/regulations.ts'

export interface VersionChange {
  versionId: number
  /** The revision that the change made; approving and retiring make none. */
  revision: number
  accountId: number
  at: Date
  action: RegulationChangeTable['action']
  /** Of the document after the change. */
  hash: string
  accepted?: readonly AcceptedWarning[]
  /** Why; null: nobody was asked to say. */
  reason?: string | null
}

/** Adds a line to the history of a version; in the same transaction as the change itself. */
export async function recordChange(trx: Transaction<CoreTables>, change: VersionChange): Promise<void> {
  await trx
    .insertInto('regulation_change')
    .values({
      version_id: change.versionId,
      revision: change.revision,
      account_id: change.accountId,
      changed_at: change.at,
      action: change.action,
      hash: change.hash,
      accepted: JSON.stringify(change.accepted ?? []),
      reason: change.reason ?? null,
    })
    .execute()
}

/** Whether the account wrote any part of what the version says now or once said. */
export async function hasWritten(
  trx: Transaction<CoreTables>,
  versionId: number,
  accountId: number,
): Promise<boolean> {
  const change = await trx
    .selectFrom('regulation_change')
    .select('id')
    .where('version_id', '=', versionId)
    .where('account_id', '=', accountId)
    .where('action', 'in', ['create', 'import', 'edit'])
    .limit(1)
    .executeTakeFirst()
  return change !== undefined
}
