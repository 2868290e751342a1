import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { isAction, isOpen } from '../access/rights.ts'
import type { RouteDefinition } from '../contract/route.ts'
import { chooseLanguage } from '../contract/text.ts'
import { attributed } from '../database/attribution.ts'
import type { Attribution } from '../database/attribution.ts'
import type { Actor, HandlerRequest, RouteHandler, Scope, UploadedFile } from '../plugin/route.ts'
import { FileAnswer } from '../plugin/route.ts'
import type { AccessRecorder } from '../privacy/record-access.ts'
import { readForm } from './read-form.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking and whose data the route's action reaches; null outside of routes of the contract. */
    asker: { actor: Actor; scope: Scope } | null
    upload: UploadedFile | null
  }
  interface FastifyContextConfig {
    /** The route of the contract that is answered here. */
    contract?: RouteDefinition
    /** It is asked by many devices behind one address (routes/protection.ts). */
    crowd?: true
  }
}

/** Whoever asks by an action that needs nobody to be signed in. */
const visitor: { actor: Actor; scope: Scope } = {
  actor: { accountId: 0, name: '', teacherId: null, roles: [] },
  scope: { all: false, unitIds: [], teacherId: null },
}

/** Puts a route of the contract on the server; `context` is what its handler works with. */
export function registerRoute<Context>(
  app: FastifyInstance,
  { route, handle }: RouteHandler<Context>,
  context: Context,
  accesses: AccessRecorder,
): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { contract: route, ...(route.crowd ? { crowd: true } : {}) },
    ...(route.multipart ? { preValidation: readForm } : {}),
    handler: async (request, reply) => {
      const answer = await attributed(attributionOf(request), async () => {
        return await handle(handlerRequest(request), context)
      })
      await recordAccess(request, route, { answer, accesses })
      return await sendAnswer(route, answer, reply)
    },
  })
}

/** Nobody is shown data of others before it is on record. */
async function recordAccess(
  { asker, id, params, body }: FastifyRequest,
  route: RouteDefinition,
  { answer, accesses }: { answer: unknown; accesses: AccessRecorder },
): Promise<void> {
  if (asker) await accesses.record({ actor: asker.actor, request: id, route, params, body, answer })
}

/** In whose name a route writes; asked where the route is answered, so that no handler has to. */
export function attributionOf({ asker, id }: FastifyRequest): Attribution {
  return { actor: asker ? `account:${asker.actor.accountId}` : 'visitor', request: id }
}

/** Schemas, name and texts of a route of the contract, as Fastify takes them. */
export function schemaOf(route: RouteDefinition): FastifySchema {
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: operationIdOf(route),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    ...(route.response ? { response: { 200: route.response } } : {}),
  }
}

/** GET /runs/:id/ranking -> getRunsIdRanking */
function operationIdOf({ method, path }: RouteDefinition): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function handlerRequest(request: FastifyRequest): HandlerRequest<RouteDefinition> {
  const { contract } = request.routeOptions.config
  const isDecided = contract && isAction(contract.action) && isOpen(contract.action)
  const asker = request.asker ?? (isDecided ? visitor : null)
  if (!asker) throw new Error(`nobody decided about ${request.method} ${request.url}`)
  const { params, query, body } = request as Pick<
    HandlerRequest<RouteDefinition>,
    'params' | 'query' | 'body'
  >
  const language = chooseLanguage(request.headers['accept-language'])
  return { params, query, body, ...asker, language, file: request.upload }
}

async function sendAnswer(route: RouteDefinition, answer: unknown, reply: FastifyReply): Promise<unknown> {
  if (answer instanceof FileAnswer) return await sendFile(answer, reply)
  if (!route.response) return await reply.code(204).send()
  return answer
}

/**
 * Files are always downloaded, never shown in the page (RFC 6266, with the name in UTF-8); a browser that shows one all the same
 * gives it neither scripts nor this server's origin.
 */
function sendFile(file: FileAnswer, reply: FastifyReply): FastifyReply {
  const plain = file.name.replace(/[^\w.-]+/g, '_')
  const encoded = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return reply
    .header('content-type', file.mediaType)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
    .send(file.content)
}
