import { createHmac, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { TeachingTables } from '../tables.ts'

/**
 * What stands for a student: the first 24 hexadecimal digits of the keyed hash (HMAC-SHA-256, RFC 2104) of the code in lower case without
 * spaces around. The same code gives the same pseudonym in every file; without the key nobody gets from one to the other.
 */
export function pseudonymOf(key: Buffer, code: string): string {
  return createHmac('sha256', key)
    .update(code.trim().toLowerCase().normalize('NFC'))
    .digest('hex')
    .slice(0, 24)
}

/** The key of this installation; made up when it is first asked for. */
export async function pseudonymKey(db: Kysely<TeachingTables>): Promise<Buffer> {
  const stored = db.selectFrom('pseudonym_key').select('key')
  const known = await stored.executeTakeFirst()
  if (known) return known.key
  const key = randomBytes(32)
  // Whoever comes first made it: two that ask at once get the same.
  await db
    .insertInto('pseudonym_key')
    .values({ key })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await stored.executeTakeFirstOrThrow()).key
}
