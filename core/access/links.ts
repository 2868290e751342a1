import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { storePassword } from './accounts.ts'
import { deleteUnusedLinks } from './delete-links.ts'
import { checkPassword, hashPassword } from './password.ts'
import { createSecret, hashSecret } from './secret.ts'
import { endSessions } from './sessions.ts'
import type { LinkPurpose, PasswordPurpose } from './link-purpose.ts'

type Db = Kysely<CoreTables> | Transaction<CoreTables>

export const linkHours: Record<LinkPurpose, number> = { invitation: 7 * 24, reset: 1, email: 24 }
const passwordPurposes: readonly PasswordPurpose[] = ['invitation', 'reset']

interface NewLink {
  accountId: number
  purpose: LinkPurpose
  /** Of purpose email: the address that is confirmed. */
  email?: string
  /** null: the person asked for it, or the command line made it. */
  createdBy: number | null
  at: Date
}

/**
 * A link by which its holder sets the account's password, or confirms its address, once; answers its secret, which is stored nowhere.
 * Links for the same that were made before stop working.
 */
export async function createLink(
  db: Kysely<CoreTables>,
  { accountId, purpose, email, createdBy, at }: NewLink,
): Promise<{ id: number; secret: string; expiresAt: Date }> {
  const { text, hash } = createSecret()
  const expiresAt = new Date(at.getTime() + linkHours[purpose] * 3_600_000)
  await deleteUnusedLinks(db, accountId, purpose === 'email' ? [purpose] : passwordPurposes)
  const { id } = await db
    .insertInto('account_link')
    .values({
      account_id: accountId,
      purpose,
      email: email ?? null,
      token_hash: hash,
      created_by: createdBy,
      created_at: at,
      expires_at: expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, secret: text, expiresAt }
}

/** The address that is given to the person: the secret stands behind #, which no browser sends and no log holds. */
export function linkAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/set-password#${secret}`
}
export function emailLinkAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/confirm-email#${secret}`
}

export interface ReadLink {
  purpose: PasswordPurpose
  name: string
  email: string
}

/** Whose link it is. Throws `link-invalid` where it is unknown, used or expired: which of them is nobody's business. */
export async function readLink(db: Kysely<CoreTables>, secret: string, now: Date): Promise<ReadLink> {
  const { purpose, name, email } = await findLink(db, secret, now)
  return { purpose, name, email }
}

/**
 * Sets the password by a link and ends all sessions of the account. A locked account stays locked. Throws `link-invalid`,
 * `password-weak`; the link is used up only if the password was set.
 */
export async function consumeLink(
  db: Kysely<CoreTables>,
  { secret, password, at }: { secret: string; password: string; at: Date },
): Promise<void> {
  const { email } = await findLink(db, secret, at)
  checkPassword(password, email)
  const hash = await hashPassword(password)
  await db.transaction().execute(async (trx) => {
    const { id, accountId } = await findLink(trx, secret, at, true)
    await trx.updateTable('account_link').set({ used_at: at }).where('id', '=', id).execute()
    await storePassword(trx, { accountId, hash, at })
    await endSessions(trx, accountId)
  })
}

async function findLink(db: Db, secret: string, now: Date, lock = false) {
  const query = openLinks(db, secret, now)
    .innerJoin('account', 'account.id', 'account_link.account_id')
    .select(['account_link.id', 'account_id as accountId', 'purpose', 'name', 'account.email'])
  const found = await (lock ? query.forUpdate('account_link') : query).executeTakeFirst()
  const purpose = passwordPurposes.find((one) => one === found?.purpose)
  if (found?.email == null || purpose === undefined) throw invalid()
  return { ...found, purpose, email: found.email }
}

/** A link that confirms an address. Throws `link-invalid`. */
export async function findEmailLink(
  db: Db,
  secret: string,
  now: Date,
  lock = false,
): Promise<{ id: number; accountId: number; email: string }> {
  const query = openLinks(db, secret, now).select(['id', 'account_id as accountId', 'email'])
  const found = await (lock ? query.forUpdate() : query).where('purpose', '=', 'email').executeTakeFirst()
  if (found?.email == null) throw invalid()
  return { ...found, email: found.email }
}

function openLinks(db: Db, secret: string, now: Date) {
  return db
    .selectFrom('account_link')
    .where('token_hash', '=', hashSecret(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
}

const invalid = () => new UstazError('link-invalid', { status: 404 })
