import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { readActor } from '../access/actor.ts'
import { isAction } from '../access/rights.ts'
import { scopeOf } from '../access/scope.ts'
import type { CoreTables } from '../database/tables.ts'

/**
 * The one place where a route of the contract is decided about, before its body is read: who is asking, and whose data the
 * action reaches. Throws `account-unknown`, `account-missing`, `not-allowed`.
 */
export function identifyAsker(db: Kysely<CoreTables>) {
  return async (request: FastifyRequest): Promise<void> => {
    const { contract } = request.routeOptions.config
    if (!contract) return
    if (!isAction(contract.action)) throw new Error(`${contract.path}: unknown action "${contract.action}"`)
    const actor = await readActor(db, {
      header: first(request.headers['x-ustaz-account']),
      cookie: request.cookies['ustaz_account'],
    })
    request.asker = { actor, scope: await scopeOf(db, actor, contract.action) }
  }
}

const first = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)
