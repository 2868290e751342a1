import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { requireAccount, storePassword } from './accounts.ts'
import { checkPassword, hashPassword } from './password.ts'
import { endSessions } from './sessions.ts'
import { confirmPassword } from './sign-in.ts'

/**
 * Changes the password of who knows the current one, and ends all sessions of the account: whoever asked is given a new one.
 * Throws `password-wrong`, `sign-in-blocked`, `password-weak`.
 */
export async function changePassword(
  db: Kysely<CoreTables>,
  accountId: number,
  { current, next, address, at }: { current: string; next: string; address: string; at: Date },
): Promise<void> {
  await confirmPassword(db, accountId, { password: current, address, at })
  const { email } = await requireAccount(db, accountId)
  checkPassword(next, email)
  const hash = await hashPassword(next)
  await db.transaction().execute(async (trx) => {
    await storePassword(trx, { accountId, hash, at })
    await endSessions(trx, accountId)
  })
}
