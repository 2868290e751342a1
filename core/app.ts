import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { AppContext } from './app-context.ts'
import { createTexts } from './messages/texts.ts'
import type { RouteHandler } from './plugin/route.ts'
import { createAccessRecorder } from './privacy/record-access.ts'
import { endStreamsOnClose } from './routes/end-streams.ts'
import { refuseForeign } from './routes/foreign-requests.ts'
import { nameContent } from './routes/etag.ts'
import { identifyAsker } from './routes/identify-asker.ts'
import { registerHealth } from './routes/health.ts'
import { registerOpenApi } from './routes/openapi.ts'
import { answerError } from './routes/problem-answer.ts'
import { registerPages } from './routes/plugin-pages.ts'
import { protection } from './routes/protection.ts'
import { formLimits } from './routes/read-form.ts'
import { registerRoute } from './routes/register-route.ts'
import { registerSessionRoute } from './routes/session/register-session-route.ts'
import { sessionRoutes } from './routes/session/index.ts'
import { registerWeb } from './routes/web-files.ts'

export interface AppOptions {
  /** Core's routes; those of the plugins come from the host. */
  routes: readonly RouteHandler<AppContext>[]
  /** Folder of the built web; null: only the API is served. */
  webFolder: URL | null
  /** Requests that one peer may make in a minute before it is told to wait. */
  requestsPerMinute?: number
  /** Asked before anything is decided about a request: how tests sign in (core/testing). */
  onRequest?: (request: FastifyRequest) => Promise<void>
}

/** The whole server, ready to listen or to be asked by `inject`: the same for main and for tests. */
export async function buildApp(context: AppContext, options: AppOptions): Promise<FastifyInstance> {
  const { publicUrl, trustedProxies } = context.config
  const app = Fastify({
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
    ...(trustedProxies.length > 0 ? { trustProxy: [...trustedProxies] } : {}),
    genReqId: () => randomUUID(),
  })
  const texts = createTexts((pluginId) => context.host.messagesOf(pluginId))
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data) => {
    const result = schema.safeParse(data)
    return result.success ? { value: result.data } : { error: result.error }
  })
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(
    async (error, request, reply) => await answerError(error, request, reply, { texts, log: context.log }),
  )
  app.decorateRequest('asker', null)
  app.decorateRequest('upload', null)
  app.decorateRequest('signedIn', null)
  app.addHook('onRequest', async (request) => {
    refuseForeign(request, publicUrl)
  })
  await app.register(protection, { requestsPerMinute: options.requestsPerMinute ?? 3000 })
  const { onRequest } = options
  if (onRequest) app.addHook('onRequest', async (request) => await onRequest(request))
  await app.register(cookie)
  await app.register(multipart, { limits: formLimits })
  await registerOpenApi(app)
  await app.register(async (api) => await registerApi(api, context, options), { prefix: '/api' })
  await registerPages(app, context.host)
  await registerWeb(app, options.webFolder)
  return await app
}

async function registerApi(api: FastifyInstance, context: AppContext, { routes }: AppOptions): Promise<void> {
  api.addHook('onRequest', identifyAsker(context))
  api.addHook('onSend', async (request, reply, payload) => nameContent(request, reply, payload))
  endStreamsOnClose(api)
  registerHealth(api, context)
  const accesses = createAccessRecorder(context.db, context.now)
  for (const route of sessionRoutes) registerSessionRoute(api, route, context)
  for (const route of routes) registerRoute(api, route, context, accesses)
  for (const plugin of context.host.routes()) {
    await api.register(
      async (below) => {
        for (const route of plugin.routes) registerRoute(below, route, plugin.context, accesses)
      },
      { prefix: `/plugins/${plugin.plugin}` },
    )
  }
}
