import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'

/** Throws `account-not-found` where nobody can sign in as that account, also by one click. */
export async function findDemoAccount(db: Kysely<CoreTables>, id: number): Promise<void> {
  const found = await db
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .where('locked_at', 'is', null)
    .executeTakeFirst()
  if (!found) throw new UstazError('account-not-found', { status: 404, params: { id } })
}
