import type { Kysely } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { countRecoveryCodes, useRecoveryCode } from './recovery-codes.ts'
import type { Action } from './rights.ts'
import { matchingStep } from './totp.ts'

type Db = Kysely<CoreTables>

export interface SecondFactor {
  /** null: there is none that is asked for. */
  confirmedAt: Date | null
  /** Recovery codes that are left. */
  codesLeft: number
}

export async function readSecondFactor(db: Db, accountId: number): Promise<SecondFactor> {
  const found = await db
    .selectFrom('account_totp')
    .select('confirmed_at')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const confirmedAt = found?.confirmed_at ?? null
  return { confirmedAt, codesLeft: confirmedAt === null ? 0 : await countRecoveryCodes(db, accountId) }
}

/**
 * Uses up a code of an account's second factor: one of the app, or a recovery code. The caller counts guesses. Throws `code-wrong`, also
 * where the account has no second factor.
 */
export async function useCode(
  db: Db,
  { accountId, code, at }: { accountId: number; code: string; at: Date },
): Promise<void> {
  const found = await db
    .selectFrom('account_totp')
    .select('secret')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  const plain = code.replace(/\s/g, '')
  const step = found ? matchingStep(found.secret, plain, at) : null
  const isRight =
    step === null
      ? found !== undefined && (await useRecoveryCode(db, { accountId, code: plain, at }))
      : await useStep(db, accountId, step)
  if (!isRight) throw new UstazError('code-wrong', { status: 401 })
}

/** A code counts once, and none that is older than one that counted. */
async function useStep(db: Db, accountId: number, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account_totp')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Takes it away from who lost the phone and the codes; whether there was one. */
export async function removeSecondFactor(db: Db, accountId: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('account_recovery_code').where('account_id', '=', accountId).execute()
    const { numDeletedRows } = await trx
      .deleteFrom('account_totp')
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n
  })
}

/** What one may do before the second factor is set up that a role demands. */
const unsecuredActions: readonly Action[] = ['access.self', 'account.own']

/**
 * The actor, held to setting up a second factor where one of the roles must have one and the account has none. Only where the password
 * was typed here: a provider with a page of its own has a second factor of its own. `provider`: as in a session.
 */
export async function limitUntilSecured(
  { db, config, passwordProviders }: Pick<AppContext, 'db' | 'config' | 'passwordProviders'>,
  actor: Actor,
  provider: string,
): Promise<Actor> {
  const isTyped = provider === 'password' || passwordProviders.some(({ id }) => id === provider)
  if (!isTyped || !mustHaveSecondFactor(actor, config.secondFactorRoles)) return actor
  const { confirmedAt } = await readSecondFactor(db, actor.accountId)
  return confirmedAt === null
    ? { ...actor, limit: { by: 'second-factor', actions: unsecuredActions } }
    : actor
}

/** `roles`: those that must have one. */
export function mustHaveSecondFactor(actor: Actor, roles: readonly string[]): boolean {
  return actor.roles.some(({ role }) => roles.includes(role))
}
