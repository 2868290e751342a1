import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { storePassword } from './accounts.ts'
import { admitGuess, discount, forgive } from './guesses.ts'
import { hashPassword, verifyNothing, verifyPassword } from './password.ts'
import type { ProvenIdentity } from './providers/identity.ts'
import type { PasswordProvider } from './providers/password-provider.ts'
import { readSecondFactor, useCode } from './second-factor.ts'

export interface PasswordAttempt {
  login: string
  password: string
  /** Of the app, or a recovery code; null: none was sent. */
  code: string | null
  /** Of the peer; guesses are counted by it too. */
  address: string
  at: Date
}

/** Whom login and password prove: an account of ours, or a person whom another service knows. */
export type Proven = { accountId: number } | { provider: PasswordProvider; identity: ProvenIdentity }

/**
 * Whom login and password prove; passwords of our own first, then the services. Whether the login is unknown, has no password, is
 * locked, or the password is wrong: the answer is the same (`sign-in-refused`) and takes the same time. It counts as a failure until
 * `finishSignIn` or `discount` says otherwise. Throws `sign-in-blocked` after too many guesses, `provider-unavailable` where a service
 * that would have to be asked does not answer.
 */
export async function checkSignIn(
  db: Kysely<CoreTables>,
  attempt: PasswordAttempt,
  providers: readonly PasswordProvider[] = [],
): Promise<Proven> {
  await admitGuess(db, attempt, attempt.at)
  const proven = (await checkOwn(db, attempt)) ?? (await askProviders(providers, attempt))
  if (!proven) throw new UstazError('sign-in-refused', { status: 401 })
  return proven
}

/**
 * The second step, once the password was right and the account is known: the code of its second factor, where it has one. Nothing counts
 * as a failure any more after it. Throws `second-factor-needed` without a code, `code-wrong` with a wrong one, which stays counted.
 */
export async function finishSignIn(
  db: Kysely<CoreTables>,
  accountId: number,
  attempt: PasswordAttempt,
): Promise<void> {
  const { confirmedAt } = await readSecondFactor(db, accountId)
  if (confirmedAt !== null && attempt.code === null) {
    await discount(db, attempt)
    throw new UstazError('second-factor-needed', { status: 401 })
  }
  if (confirmedAt !== null) await useCode(db, { accountId, code: attempt.code ?? '', at: attempt.at })
  await forgive(db, attempt)
}

/** null: the password is not the one of an account of ours. */
async function checkOwn(db: Kysely<CoreTables>, attempt: PasswordAttempt): Promise<Proven | null> {
  const account = await findByLogin(db, attempt.login)
  const { right, outdated } = await verify(attempt.password, account?.hash ?? null)
  if (!account || !right || account.lockedAt) return null
  if (outdated) {
    const hash = await hashPassword(attempt.password)
    await storePassword(db, { accountId: account.id, hash, at: attempt.at })
  }
  return { accountId: account.id }
}

async function askProviders(
  providers: readonly PasswordProvider[],
  { login, password }: PasswordAttempt,
): Promise<Proven | null> {
  for (const provider of providers) {
    const identity = await provider.identify(login, password)
    if (identity) return { provider, identity }
  }
  return null
}

/** Whether it is the password of an account; guesses count as at sign-in. Throws `password-wrong`, `sign-in-blocked`. */
export async function confirmPassword(
  db: Kysely<CoreTables>,
  accountId: number,
  { password, address, at }: { password: string; address: string; at: Date },
): Promise<void> {
  const account = await db
    .selectFrom('account')
    .innerJoin('account_password', 'account_password.account_id', 'account.id')
    .select(['email', 'hash'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  const guesser = { login: account?.email ?? `#${accountId}`, address }
  await admitGuess(db, guesser, at)
  const { right } = await verify(password, account?.hash ?? null)
  if (!right) throw new UstazError('password-wrong', { status: 422 })
  await forgive(db, guesser)
}

interface FoundAccount {
  id: number
  lockedAt: Date | null
  /** null: no password was ever set. */
  hash: string | null
}

async function findByLogin(db: Kysely<CoreTables>, login: string): Promise<FoundAccount | null> {
  const found = await db
    .selectFrom('account')
    .leftJoin('account_password', 'account_password.account_id', 'account.id')
    .select(['id', 'locked_at as lockedAt', 'hash'])
    .where(sql<boolean>`lower(email) = ${login.trim().toLowerCase()}`)
    .executeTakeFirst()
  return found ?? null
}

/** hash null: nothing is right, and it takes as long. */
async function verify(password: string, hash: string | null): Promise<{ right: boolean; outdated: boolean }> {
  if (hash !== null) return await verifyPassword(password, hash)
  await verifyNothing(password)
  return { right: false, outdated: false }
}
