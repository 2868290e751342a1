import type { Kysely } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import { createSecret, hashSecret } from '../secret.ts'

/** How long one may stay with a provider before one comes back. */
export const flowMinutes = 10

/** What the answer of a provider is held against. */
export interface Flow {
  state: string
  nonce: string
  /** Of PKCE (RFC 7636): the code is worth nothing without it. */
  verifier: string
  /** A path of the product. */
  returnTo: string
}

/** Notes that somebody goes to a provider; answers what the browser's cookie holds besides. */
export async function beginFlow(
  db: Kysely<CoreTables>,
  { provider, returnTo, at }: { provider: string; returnTo: string; at: Date },
): Promise<{ token: string; flow: Flow }> {
  const { text: token, hash } = createSecret()
  const flow = {
    state: createSecret().text,
    nonce: createSecret().text,
    verifier: createSecret().text,
    returnTo,
  }
  await db.deleteFrom('sign_in_flow').where('expires_at', '<', at).execute()
  await db
    .insertInto('sign_in_flow')
    .values({
      token_hash: hash,
      provider,
      state: flow.state,
      nonce: flow.nonce,
      verifier: flow.verifier,
      return_to: returnTo,
      expires_at: new Date(at.getTime() + flowMinutes * 60_000),
    })
    .execute()
  return { token, flow }
}

/**
 * Ends the flow that the cookie holds, whatever comes of it: an answer counts once. token null: no cookie came. Throws
 * `sign-in-not-begun` where there is no flow of this browser with that state, or its time is over.
 */
export async function endFlow(
  db: Kysely<CoreTables>,
  token: string | null,
  { provider, state, at }: { provider: string; state: string | null; at: Date },
): Promise<Flow> {
  const ended =
    token === null
      ? undefined
      : await db
          .deleteFrom('sign_in_flow')
          .where('token_hash', '=', hashSecret(token))
          .returning([
            'provider',
            'state',
            'nonce',
            'verifier',
            'return_to as returnTo',
            'expires_at as expiresAt',
          ])
          .executeTakeFirst()
  if (!ended || ended.provider !== provider || ended.state !== state || ended.expiresAt <= at) {
    throw new UstazError('sign-in-not-begun', { status: 409 })
  }
  const { nonce, verifier, returnTo } = ended
  return { state: ended.state, nonce, verifier, returnTo }
}
