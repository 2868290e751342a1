import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { requestHeader } from '../contract/call.ts'
import type { RouteDefinition } from '../contract/route.ts'
import { problemSchema } from '../contract/problem.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'

/** Large schemas that several routes take or give: written once, under a name of their own. */
const schemaRegistry = z.registry<{ id?: string }>()
schemaRegistry.add(regulationDocumentSchema, { id: 'RegulationDocument' })
const transformRoute = createJsonSchemaTransform({ schemaRegistry })
const addSchemas = createJsonSchemaTransformObject({ schemaRegistry })

/** The description of the API (OpenAPI 3.1) at /api/openapi.json, and a page to browse it at /api/docs. Drawn from the contract. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Ustaz',
        version: '0.1.0',
        description:
          "Rates the work of university teachers by the university's own regulation. Texts come in the language of Accept-Language (kk, ru, en); every error is problem details (RFC 9457).",
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'ustaz_session',
            description: `The cookie that POST /api/session gives; with it each change needs the header "${requestHeader.name}: ${requestHeader.value}".`,
          },
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A token that one makes for a program on the page of the own account; it needs no header besides.',
          },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    transform: (document) => {
      const { schema, url } = transformRoute(document)
      const contract = document.route.config?.contract
      return { schema: contract ? describeRoute(contract, schema) : schema, url }
    },
    transformObject: (document) => withProblems(addSchemas(document)),
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    // Routes are drawn when their group is opened: each takes the page a part of a second, and there are more than two hundred. The schema
    // of a regulation is large: drawn once more below the routes it would hold the page up for seconds.
    uiConfig: {
      docExpansion: 'none',
      deepLinking: true,
      defaultModelsExpandDepth: -1,
      // It runs in the page, so it may name nothing that stands outside of it; the name is the one of requestHeader.
      requestInterceptor: (request) =>
        Object.assign(request, { headers: { ...(request['headers'] as object), 'x-ustaz-request': '1' } }),
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

/** What the schemas of a route do not say: that a form carries a file, and answers that are no JSON. */
function describeRoute(route: RouteDefinition, schema: FastifySchema): FastifySchema {
  return {
    ...schema,
    ...(route.multipart ? { consumes: ['multipart/form-data'], body: formOf(schema.body) } : {}),
    ...(route.produces ? { produces: [...route.produces], response: { 200: fileOf(route.produces) } } : {}),
  }
}

function formOf(fields: unknown): Record<string, unknown> {
  const { properties = {}, required = [] } = (fields ?? {}) as { properties?: object; required?: string[] }
  return {
    type: 'object',
    properties: { ...properties, file: { type: 'string', format: 'binary' } },
    required: [...required, 'file'],
  }
}

function fileOf(mediaTypes: readonly string[]): Record<string, unknown> {
  const file = { schema: { type: 'string', format: 'binary' } }
  return { description: 'The file', content: Object.fromEntries(mediaTypes.map((type) => [type, file])) }
}

type Operations = Record<string, Record<string, { responses?: Record<string, unknown> }>>

/** Every operation may answer problem details instead. */
function withProblems(document: object): object {
  const { paths, components } = document as { paths?: Operations; components?: { schemas?: object } }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  for (const operations of Object.values(paths ?? {})) {
    for (const operation of Object.values(operations)) {
      operation.responses = { ...operation.responses, default: { description: 'Problem details', content } }
    }
  }
  const { $schema: _, ...Problem } = z.toJSONSchema(problemSchema, { io: 'output' })
  return { ...document, components: { ...components, schemas: { ...components?.schemas, Problem } } }
}
