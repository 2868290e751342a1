import type { FastifyRequest } from 'fastify'
import { isAction, isOpen } from '../access/rights.ts'
import { scopeOf } from '../access/scope.ts'
import { findSession } from '../access/sessions.ts'
import type { SignedIn } from '../access/sessions.ts'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { refuseForgery } from './foreign-requests.ts'
import { readCookie } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever is signed in, and by which session; null: nobody. */
    signedIn: SignedIn | null
  }
}

/**
 * The one place where a route of the contract is decided about, before its body is read: who is asking, and whose data the
 * action reaches. Throws `sign-in-needed`, `forgery-suspected`, `not-allowed`.
 */
export function identifyAsker(context: Pick<AppContext, 'db' | 'config' | 'now'>) {
  const { db, config } = context
  return async (request: FastifyRequest): Promise<void> => {
    const { contract } = request.routeOptions.config
    if (!contract) return
    if (!isAction(contract.action)) throw new Error(`${contract.path}: unknown action "${contract.action}"`)
    const cookie = readCookie(request, 'session', config.publicUrl)
    request.signedIn = cookie === null ? null : await findSession(db, cookie, context.now())
    if (isOpen(contract.action)) {
      refuseForgery(request)
      return
    }
    if (!request.signedIn) throw new UstazError('sign-in-needed', { status: 401 })
    refuseForgery(request)
    const { actor } = request.signedIn
    request.asker = { actor, scope: await scopeOf(db, actor, contract.action) }
  }
}
