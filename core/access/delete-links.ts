import type { Kysely, Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { LinkPurpose } from './link-purpose.ts'

/** Puts an account's links out of use that nobody has used. `purposes` null: whatever they are for. */
export async function deleteUnusedLinks(
  db: Kysely<CoreTables> | Transaction<CoreTables>,
  accountId: number,
  purposes: readonly LinkPurpose[] | null = null,
): Promise<void> {
  const query = db.deleteFrom('account_link').where('account_id', '=', accountId).where('used_at', 'is', null)
  await (purposes ? query.where('purpose', 'in', purposes) : query).execute()
}
