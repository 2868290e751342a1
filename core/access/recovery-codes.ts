import { randomBytes } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { hashSecret } from './secret.ts'
import { base32 } from './totp.ts'

const howMany = 10

/**
 * Replaces an account's recovery codes by ten new ones, each good once in the place of a code of the app. 80 random bits each,
 * ABCD-EFGH-IJKL-MNOP; only their hashes are stored.
 */
export async function writeRecoveryCodes(trx: Transaction<CoreTables>, accountId: number): Promise<string[]> {
  const codes = Array.from({ length: howMany }, () => base32(randomBytes(10)))
  await trx.deleteFrom('account_recovery_code').where('account_id', '=', accountId).execute()
  await trx
    .insertInto('account_recovery_code')
    .values(codes.map((code) => ({ account_id: accountId, code_hash: hashSecret(code) })))
    .execute()
  return codes.map((code) => (code.match(/.{4}/g) ?? []).join('-'))
}

/** Uses a code up, however it was typed; whether it was one that was left. */
export async function useRecoveryCode(
  db: Kysely<CoreTables>,
  { accountId, code, at }: { accountId: number; code: string; at: Date },
): Promise<boolean> {
  const plain = code.toUpperCase().replace(/[^A-Z2-7]/g, '')
  const { numUpdatedRows } = await db
    .updateTable('account_recovery_code')
    .set({ used_at: at })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashSecret(plain))
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** How many are left. */
export async function countRecoveryCodes(db: Kysely<CoreTables>, accountId: number): Promise<number> {
  const { left } = await db
    .selectFrom('account_recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return left
}
