import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isLocalName } from '../../local-name.ts'
import { endSession, openSession } from '../../access/sessions.ts'
import type { SignedIn } from '../../access/sessions.ts'
import type { AppContext } from '../../app-context.ts'
import type { RouteDefinition, RouteRequest, RouteResponse } from '../../contract/route.ts'
import { attributed } from '../../database/attribution.ts'
import { readCookie, writeCookie } from '../session-cookie.ts'
import type { Cookie } from '../session-cookie.ts'
import { attributionOf, schemaOf } from '../register-route.ts'

/** What routes about sessions see of a request besides its input: who is signed in, from where, and the cookies. */
export interface Exchange {
  signedIn: SignedIn | null
  /** What the cookie holds of who comes back from another provider; null: there is none. */
  flowToken: string | null
  /** Of the peer. */
  address: string
  /** Origin for links that are shown to people. */
  baseUrl: string
  /** Opens a new session for an account, and ends the one that was asked by. */
  open(accountId: number, provider: string): Promise<void>
  /** Ends the session that was asked by, if any. */
  close(): Promise<void>
  /** Notes in a cookie who goes to another provider; null: forgets it. */
  setFlow(token: string | null): void
}

/** What a handler of a route without an answer returns is not looked at. */
type Answer<R extends RouteDefinition> = R['response'] extends z.ZodType ? RouteResponse<R> : unknown

/** A route about sessions with the function that answers it. */
export interface SessionRoute {
  route: RouteDefinition
  handle(request: RouteRequest<RouteDefinition> & Exchange, context: AppContext): Promise<unknown>
}

/** Joins a route of the contract with its handler, types checked between the two. */
export function handleSessionRoute<R extends RouteDefinition>(
  route: R,
  handle: (request: RouteRequest<R> & Exchange, context: AppContext) => Promise<Answer<R>>,
): SessionRoute {
  return { route, handle: handle as SessionRoute['handle'] }
}

/** Who is signed in, for routes whose action needs somebody to be. */
export function signedIn({ signedIn: found }: Exchange): NonNullable<Exchange['signedIn']> {
  if (!found) throw new Error('a route that needs a session was reached by nobody')
  return found
}

/** Puts a route about sessions on the server: the only ones that see the cookie and answer who is not signed in. */
export function registerSessionRoute(
  app: FastifyInstance,
  { route, handle }: SessionRoute,
  context: AppContext,
): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { contract: route },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { params, query, body } = request as RouteRequest<RouteDefinition>
      const exchange = { params, query, body, ...exchangeOf(request, reply, context) }
      const answer = await attributed(attributionOf(request), async () => await handle(exchange, context))
      return route.response ? answer : await reply.code(204).send()
    },
  })
}

function exchangeOf(request: FastifyRequest, reply: FastifyReply, { db, config, now }: AppContext): Exchange {
  const { publicUrl } = config
  const write = (cookie: Cookie, value: string | null) => {
    writeCookie({ request, reply }, { cookie, value }, publicUrl)
  }
  const close = async () => {
    const token = readCookie(request, 'session', publicUrl)
    if (token !== null) await endSession(db, token)
    write('session', null)
  }
  return {
    signedIn: request.signedIn,
    address: request.ip,
    baseUrl: baseUrlOf(request, publicUrl),
    open: async (accountId, provider) => {
      await close()
      const agent = request.headers['user-agent'] ?? null
      const token = await openSession(db, { accountId, provider, address: request.ip, agent, at: now() })
      write('session', token)
    },
    close,
    flowToken: readCookie(request, 'flow', publicUrl),
    setFlow: (token) => {
      write('flow', token)
    },
  }
}

/** For links: who asks under a name of this machine is given that name, whatever port it stands on. */
export function baseUrlOf(request: FastifyRequest, publicUrl: string): string {
  return isLocalName(request.hostname) ? new URL(`${request.protocol}://${request.host}`).origin : publicUrl
}
