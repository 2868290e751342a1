import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAction, isAnonymous, isOpen } from '../access/rights.ts'
import { scopeOf } from '../access/scope.ts'
import { limitUntilSecured } from '../access/second-factor.ts'
import { findSession } from '../access/sessions.ts'
import type { SignedIn } from '../access/sessions.ts'
import { findTokenActor } from '../access/tokens.ts'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Actor } from '../plugin/route.ts'
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
 * action reaches. Throws `sign-in-needed`, `token-invalid`, `forgery-suspected`, `not-allowed`.
 */
export function identifyAsker(context: Pick<AppContext, 'db' | 'config' | 'passwordProviders' | 'now'>) {
  const { db, config } = context
  const tokenActor = async (text: string, reply: FastifyReply): Promise<Actor> => {
    const actor = await findTokenActor(db, text, context.now())
    if (actor) return actor
    reply.header('www-authenticate', 'Bearer error="invalid_token"')
    throw new UstazError('token-invalid', { status: 401 })
  }
  const sessionOf = async (cookie: string): Promise<SignedIn | null> => {
    const found = await findSession(db, cookie, context.now())
    return found && { ...found, actor: await limitUntilSecured(context, found.actor, found.provider) }
  }
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { contract } = request.routeOptions.config
    if (!contract) return
    if (!isAction(contract.action)) throw new Error(`${contract.path}: unknown action "${contract.action}"`)
    if (isAnonymous(contract.action)) {
      request.signedIn = null
      refuseForgery(request)
      return
    }
    const bearer = isOpen(contract.action) ? null : readBearer(request)
    if (bearer !== null) {
      const actor = await tokenActor(bearer, reply)
      request.asker = { actor, scope: await scopeOf(db, actor, contract.action) }
      return
    }
    const cookie = readCookie(request, 'session', config.publicUrl)
    request.signedIn = cookie === null ? null : await sessionOf(cookie)
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

/**
 * The token of a program (RFC 6750, 2.1); null: it sent none. Whoever sends one is asked for no cookie and no header of ours: no
 * browser adds a token by itself, and a foreign page may not set that header. Signing in does not look at it.
 */
function readBearer({ headers }: FastifyRequest): string | null {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null
}
