import { z } from 'zod'
import { idSchema, pageOf, pageQuery } from '../paging.ts'
import { issueSchema } from '../problem.ts'
import { regulationDocumentSchema } from '../regulation/document.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'

export const regulationVersionSchema = z.object({
  id: z.int(),
  code: z.string(),
  version: z.string(),
  title: localizedTextSchema,
  state: z.enum(['draft', 'approved', 'retired']),
  /** sha256 of the canonical JSON, hex. */
  hash: z.string(),
  createdAt: z.iso.datetime(),
  approvedAt: z.iso.datetime().nullable(),
})
export type RegulationVersion = z.infer<typeof regulationVersionSchema>

const tag = 'regulations'
const byId = z.object({ id: idSchema })

export const listRegulations = defineRoute({
  method: 'GET',
  path: '/regulations',
  summary: 'Versions of regulations, newest first',
  tag,
  action: 'regulation.read',
  query: z.object({ ...pageQuery, state: z.enum(['draft', 'approved', 'retired']).optional() }),
  response: pageOf(regulationVersionSchema),
})
export const getRegulation = defineRoute({
  method: 'GET',
  path: '/regulations/:id',
  summary: 'One version with its whole document and what stands in the way of its approval',
  tag,
  action: 'regulation.read',
  params: byId,
  response: regulationVersionSchema.extend({
    document: regulationDocumentSchema,
    issues: z.array(issueSchema),
  }),
})
export const importRegulation = defineRoute({
  method: 'POST',
  path: '/regulations',
  summary: 'Import a document (YAML or JSON) as a draft; an existing draft of the same version is replaced',
  tag,
  action: 'regulation.write',
  multipart: true,
  response: regulationVersionSchema,
})
export const exportRegulation = defineRoute({
  method: 'GET',
  path: '/regulations/:id/document',
  summary: 'The document as YAML or JSON',
  tag,
  action: 'regulation.read',
  params: byId,
  query: z.object({ format: z.enum(['yaml', 'json']).default('yaml') }),
  produces: ['application/yaml', 'application/json'],
})
export const moveRegulation = defineRoute({
  method: 'POST',
  path: '/regulations/:id/moves',
  summary: 'Approve a draft (refused while it has issues) or retire an approved version',
  tag,
  action: 'regulation.approve',
  params: byId,
  body: z.object({ action: z.enum(['approve', 'retire']) }),
  response: regulationVersionSchema,
})
export const getRegulationSchema = defineRoute({
  method: 'GET',
  path: '/regulations/schema',
  summary: 'JSON Schema of the document',
  tag,
  action: 'regulation.read',
  response: z.record(z.string(), z.unknown()),
})
