import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { actorColumns, toActor } from './actor.ts'
import { createSecret, hashSecret } from './secret.ts'

/** A session ends after a working day however busy it is, and earlier where nobody asks anything for some hours. */
export const sessionHours = { longest: 12, idle: 2 }
/** When it was last used is written down at most this often. */
const seenSeconds = 60

const hoursBefore = (time: Date, hours: number) => new Date(time.getTime() - hours * 3_600_000)

export interface NewSession {
  accountId: number
  /** How the account signed in: password, demo, or the id of another provider. */
  provider: string
  address: string
  /** What the browser calls itself; null: nothing. */
  agent: string | null
  at: Date
}

/** Opens a session and answers what the cookie holds. Always a new one: what a browser sent before is never taken over. */
export async function openSession(db: Kysely<CoreTables>, session: NewSession): Promise<string> {
  const { text, hash } = createSecret()
  const { accountId, provider, address, agent, at } = session
  await db.deleteFrom('account_session').where('expires_at', '<', at).execute()
  await db
    .insertInto('account_session')
    .values({
      account_id: accountId,
      token_hash: hash,
      provider,
      address,
      agent: agent?.slice(0, 300) ?? null,
      created_at: at,
      seen_at: at,
      expires_at: new Date(at.getTime() + sessionHours.longest * 3_600_000),
    })
    .execute()
  return text
}

/** A session that was found. */
export interface SignedIn {
  actor: Actor
  sessionId: number
  /** As in NewSession. */
  provider: string
}

/** Who holds the token, and by which session; null: no such session, ended, expired, or the account is locked. */
export async function findSession(
  db: Kysely<CoreTables>,
  token: string,
  now: Date,
): Promise<SignedIn | null> {
  const found = await db
    .selectFrom('account_session')
    .innerJoin('account', 'account.id', 'account_session.account_id')
    .select(actorColumns)
    .select(['account_session.id as sessionId', 'account_session.provider', 'seen_at'])
    .where('token_hash', '=', hashSecret(token))
    .where('locked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('seen_at', '>', hoursBefore(now, sessionHours.idle))
    .executeTakeFirst()
  if (!found) return null
  if (now.getTime() - found.seen_at.getTime() > seenSeconds * 1000) {
    await db.updateTable('account_session').set({ seen_at: now }).where('id', '=', found.sessionId).execute()
  }
  return { actor: toActor(found), sessionId: found.sessionId, provider: found.provider }
}

export interface SessionLine {
  id: number
  provider: string
  address: string
  agent: string | null
  createdAt: Date
  seenAt: Date
  expiresAt: Date
}

/** An account's sessions that still open something, the one used last first. */
export async function listSessions(
  db: Kysely<CoreTables>,
  accountId: number,
  now: Date,
): Promise<SessionLine[]> {
  return await db
    .selectFrom('account_session')
    .select(['id', 'provider', 'address', 'agent', 'created_at as createdAt', 'seen_at as seenAt'])
    .select('expires_at as expiresAt')
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .where('seen_at', '>', hoursBefore(now, sessionHours.idle))
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

/** Ends the session a token belongs to, if there is one. */
export async function endSession(db: Kysely<CoreTables>, token: string): Promise<void> {
  await db.deleteFrom('account_session').where('token_hash', '=', hashSecret(token)).execute()
}

/** Ends one session of an account. Throws `session-not-found`, also for somebody else's. */
export async function endSessionOf(db: Kysely<CoreTables>, accountId: number, id: number): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('account_session')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw new UstazError('session-not-found', { status: 404, params: { id } })
}

/** Ends an account's sessions; answers how many. `except` null: all of them. */
export async function endSessions(
  db: Kysely<CoreTables>,
  accountId: number,
  except: number | null = null,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('account_session')
    .where('account_id', '=', accountId)
    .where(sql<boolean>`id is distinct from ${except}::bigint`)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
