import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { admitGuess, forgive } from './guesses.ts'
import { writeRecoveryCodes } from './recovery-codes.ts'
import { readSecondFactor, removeSecondFactor, useCode } from './second-factor.ts'
import { confirmPassword } from './sign-in.ts'
import { base32, createTotpSecret, matchingStep, totpAddress } from './totp.ts'

type Db = Kysely<CoreTables>

/** By what a person shows anew who they are; null: not by it. */
export interface Proof {
  password: string | null
  /** Of the app, or a recovery code. */
  code: string | null
  /** Of the peer; guesses are counted by it too. */
  address: string
  at: Date
}

/**
 * Begins: a new secret that is asked for once a code of it was confirmed. Where the account has a password it is needed, so that a
 * browser left open locks nobody out. Throws `second-factor-on`, `password-wrong`, `sign-in-blocked`.
 */
export async function beginSecondFactor(
  db: Db,
  accountId: number,
  proof: Proof,
): Promise<{ key: string; address: string }> {
  const { confirmedAt } = await readSecondFactor(db, accountId)
  if (confirmedAt !== null) throw new UstazError('second-factor-on', { status: 409 })
  const { name, email, hash } = await db
    .selectFrom('account')
    .leftJoin('account_password', 'account_password.account_id', 'account.id')
    .select(['name', 'email', 'hash'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (hash !== null) await confirmPassword(db, accountId, { ...proof, password: proof.password ?? '' })
  const secret = createTotpSecret()
  const begun = { secret, confirmed_at: null, last_step: null }
  await db
    .insertInto('account_totp')
    .values({ account_id: accountId, ...begun })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet(begun).where('account_totp.confirmed_at', 'is', null),
    )
    .execute()
  return { key: base32(secret), address: totpAddress(secret, email ?? name) }
}

/**
 * Turns it on by a code of the app and answers the recovery codes, which are stored nowhere. Throws `second-factor-off` where
 * nothing was begun, `second-factor-on`, `code-wrong`, `sign-in-blocked`.
 */
export async function confirmSecondFactor(
  db: Db,
  accountId: number,
  { code, address, at }: { code: string; address: string; at: Date },
): Promise<string[]> {
  const guesser = { login: guessesOf(accountId), address }
  await admitGuess(db, guesser, at)
  const codes = await db.transaction().execute(async (trx) => {
    const found = await trx
      .selectFrom('account_totp')
      .select(['secret', 'confirmed_at'])
      .where('account_id', '=', accountId)
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new UstazError('second-factor-off', { status: 409 })
    if (found.confirmed_at) throw new UstazError('second-factor-on', { status: 409 })
    const step = matchingStep(found.secret, code, at)
    if (step === null) throw new UstazError('code-wrong', { status: 422 })
    await trx
      .updateTable('account_totp')
      .set({ confirmed_at: at, last_step: step })
      .where('account_id', '=', accountId)
      .execute()
    return await writeRecoveryCodes(trx, accountId)
  })
  await forgive(db, guesser)
  return codes
}

/** New recovery codes in the place of the old ones. Throws as `endSecondFactor`. */
export async function renewRecoveryCodes(db: Db, accountId: number, proof: Proof): Promise<string[]> {
  await prove(db, accountId, proof)
  return await db.transaction().execute(async (trx) => await writeRecoveryCodes(trx, accountId))
}

/** Turns it off. Throws `second-factor-off`, `proof-needed`, `password-wrong`, `code-wrong`, `sign-in-blocked`. */
export async function endSecondFactor(db: Db, accountId: number, proof: Proof): Promise<void> {
  await prove(db, accountId, proof)
  await removeSecondFactor(db, accountId)
}

/** That it is the person who asks, by password or by a code; guesses at either are counted. */
async function prove(db: Db, accountId: number, proof: Proof): Promise<void> {
  const { confirmedAt } = await readSecondFactor(db, accountId)
  if (confirmedAt === null) throw new UstazError('second-factor-off', { status: 409 })
  const { password, code, address, at } = proof
  if (password !== null) {
    await confirmPassword(db, accountId, { password, address, at })
    return
  }
  if (code === null) throw new UstazError('proof-needed', { status: 422 })
  const guesser = { login: guessesOf(accountId), address }
  await admitGuess(db, guesser, at)
  await useCode(db, { accountId, code, at })
  await forgive(db, guesser)
}

/** Codes guessed from within a session are counted apart from sign-in: nobody can keep another out by them. */
const guessesOf = (accountId: number) => `second-factor#${accountId}`
