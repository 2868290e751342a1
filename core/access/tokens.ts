import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { actorColumns, toActor } from './actor.ts'
import { allowedActions, isAction } from './rights.ts'
import type { Action } from './rights.ts'
import { createSecret, hashSecret } from './secret.ts'

/** So that whoever finds one, a scanner of code among them, sees what it is. */
const prefix = 'ustaz_'
/** How many of an account may be valid at a time. */
const mostTokens = 20
/** When it was last used is written down at most this often. */
const usedSeconds = 60

/** What no token ever does: signing in, and whatever gives or takes access. */
const kept: ReadonlySet<Action> = new Set(['session.open', 'account.own', 'account.read', 'account.manage'])
/** What each token does: a program may ask whose it is. */
const always: Action = 'access.self'

/** The actions that an account may give a token today. */
export function grantableActions(actor: Actor): Action[] {
  return allowedActions(actor).filter((action) => !kept.has(action) && action !== always)
}

export interface NewToken {
  /** What its owner knows it by. */
  name: string
  actions: readonly string[]
  /** 1 to 365. */
  days: number
  at: Date
}

/**
 * Makes a token and answers its text, which is stored nowhere. Throws `token-actions` where the account may not do one of the
 * actions or no token may, `token-limit`.
 */
export async function createToken(
  db: Kysely<CoreTables>,
  actor: Actor,
  { name, actions, days, at }: NewToken,
): Promise<{ id: number; text: string; expiresAt: Date }> {
  const grantable: readonly string[] = grantableActions(actor)
  const foreign = actions.filter((action) => !grantable.includes(action))
  if (foreign.length > 0) throw new UstazError('token-actions', { status: 422, params: { actions: foreign } })
  const text = prefix + createSecret().text
  const expiresAt = new Date(at.getTime() + days * 86_400_000)
  const id = await db.transaction().execute(async (trx) => {
    const account_id = actor.accountId
    await trx.selectFrom('account').select('id').where('id', '=', account_id).forUpdate().execute()
    const { valid } = await trx
      .selectFrom('api_token')
      .select((eb) => eb.fn.countAll<number>().as('valid'))
      .where('account_id', '=', account_id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', at)
      .executeTakeFirstOrThrow()
    if (valid >= mostTokens)
      throw new UstazError('token-limit', { status: 409, params: { most: mostTokens } })
    const row = { account_id, name, token_hash: hashSecret(text), actions: [...new Set(actions)].sort() }
    const made = await trx
      .insertInto('api_token')
      .values({ ...row, created_at: at, expires_at: expiresAt })
      .returning('id')
      .executeTakeFirstOrThrow()
    return made.id
  })
  return { id, text, expiresAt }
}

/**
 * Who holds the token, with the roles of now; what it may do is what both they and the token allow (`decide`). null: there is no
 * such token, it expired, was revoked, or the account is locked.
 */
export async function findTokenActor(db: Kysely<CoreTables>, text: string, now: Date): Promise<Actor | null> {
  const found = await db
    .selectFrom('api_token')
    .innerJoin('account', 'account.id', 'api_token.account_id')
    .select(actorColumns)
    .select(['api_token.id as tokenId', 'actions', 'used_at'])
    .where('token_hash', '=', hashSecret(text))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('locked_at', 'is', null)
    .executeTakeFirst()
  if (!found) return null
  const { used_at, tokenId, actions } = found
  if (used_at === null || now.getTime() - used_at.getTime() > usedSeconds * 1000)
    await db.updateTable('api_token').set({ used_at: now }).where('id', '=', tokenId).execute()
  const lets = actions.filter((action) => isAction(action) && !kept.has(action))
  return { ...toActor(found), limit: { by: 'token', actions: [...lets, always] } }
}

export interface TokenLine {
  id: number
  name: string
  actions: string[]
  createdAt: Date
  expiresAt: Date
  /** null: never. */
  usedAt: Date | null
  /** null: it was not. */
  revokedAt: Date | null
}

/** An account's tokens: those that still open something first, the newest first. */
export async function listTokens(db: Kysely<CoreTables>, accountId: number, now: Date): Promise<TokenLine[]> {
  return await db
    .selectFrom('api_token')
    .select(['id', 'name', 'actions', 'created_at as createdAt', 'expires_at as expiresAt'])
    .select(['used_at as usedAt', 'revoked_at as revokedAt'])
    .where('account_id', '=', accountId)
    .orderBy(sql`(revoked_at is null and expires_at > ${now})`, 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

/** Takes a token's power away for good. Throws `token-not-found`, also for somebody else's; one that was revoked stays as it was. */
export async function revokeToken(
  db: Kysely<CoreTables>,
  { accountId, id, at }: { accountId: number; id: number; at: Date },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('api_token')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(at)) }))
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new UstazError('token-not-found', { status: 404, params: { id } })
}
