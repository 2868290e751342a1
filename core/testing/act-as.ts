import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { findActor } from '../access/actor.ts'
import { openSession } from '../access/sessions.ts'
import { requestHeader } from '../contract/call.ts'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'

/** Names the account in whose name a test asks. Only servers that `createTestApp` builds know it; the product does not. */
const actingHeader = 'x-ustaz-account'

/**
 * Signs the account of the header in: the request goes on with the cookie of a real session of its own, as from the product's own
 * page. Without the header nothing is done. Throws `account-not-found`.
 */
export function actAs(db: Kysely<CoreTables>, now: () => Date): (request: FastifyRequest) => Promise<void> {
  return async ({ headers }) => {
    if (headers[actingHeader] === undefined) return
    const accountId = Number(headers[actingHeader])
    const actor = Number.isSafeInteger(accountId) ? await findActor(db, accountId) : null
    if (!actor) throw new UstazError('account-not-found', { status: 404, params: { id: accountId } })
    const session = { accountId, provider: 'test', address: '127.0.0.1', agent: null, at: now() }
    headers.cookie = `ustaz_session=${await openSession(db, session)}`
    headers[requestHeader.name] = requestHeader.value
  }
}
