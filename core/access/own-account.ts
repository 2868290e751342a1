import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

export interface OwnAccount {
  name: string
  email: string | null
  /** null: there is no password. */
  passwordChangedAt: string | null
}

/** What an account's holder is told of it. */
export async function readOwnAccount(db: Kysely<CoreTables>, accountId: number): Promise<OwnAccount> {
  const { changedAt, ...account } = await db
    .selectFrom('account')
    .leftJoin('account_password', 'account_password.account_id', 'account.id')
    .select(['name', 'email', 'changed_at as changedAt'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { ...account, passwordChangedAt: changedAt?.toISOString() ?? null }
}
