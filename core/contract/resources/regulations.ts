import { z } from 'zod'
import { daySchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { issueSchema } from '../problem.ts'
import { regulationDocumentSchema } from '../regulation/document.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'
import { teacherResultSchema } from './runs.ts'

export const regulationVersionSchema = z.object({
  id: z.int(),
  code: z.string(),
  version: z.string(),
  title: localizedTextSchema,
  state: z.enum(['draft', 'approved', 'retired']),
  /** sha256 of the canonical JSON, hex. */
  hash: z.string(),
  /** Counts the changes of the draft from 1; a change names the one it rests on. */
  revision: z.int(),
  createdAt: z.iso.datetime(),
  approvedAt: z.iso.datetime().nullable(),
})
export type RegulationVersion = z.infer<typeof regulationVersionSchema>

/** What was found in a document: an error stands in the way of approval, a warning is accepted with a reason, a note informs. */
export const regulationIssueSchema = issueSchema.extend({ severity: z.enum(['error', 'warning', 'note']) })
export type RegulationIssue = z.infer<typeof regulationIssueSchema>

/** A warning with which a version was approved, and why. */
export const acceptedWarningSchema = z.object({
  path: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  reason: z.string(),
})
export type AcceptedWarning = z.infer<typeof acceptedWarningSchema>

export const regulationChangeSchema = z.object({
  revision: z.int(),
  at: z.iso.datetime(),
  accountId: z.int(),
  account: z.string(),
  action: z.enum(['create', 'import', 'edit', 'approve', 'retire']),
  /** In the reader's language. */
  accepted: z.array(acceptedWarningSchema.extend({ message: z.string() })),
  /** Why; null: nobody was asked to say. */
  reason: z.string().nullable(),
})
export type RegulationChange = z.infer<typeof regulationChangeSchema>

export const regulationDetailSchema = regulationVersionSchema.extend({
  document: regulationDocumentSchema,
  /** By area, exact decimals; null: the weighting needs the scores of a run, or something is wrong with it. */
  weights: z.record(z.string(), z.string()).nullable(),
  issues: z.array(regulationIssueSchema),
  /** Oldest first. */
  history: z.array(regulationChangeSchema),
  /** The version of the same regulation that was approved last before this one; null: there is none. */
  previous: z.object({ id: z.int(), version: z.string() }).nullable(),
  /** Whether the document is kept as YAML with comments. */
  hasText: z.boolean(),
})
export type RegulationDetail = z.infer<typeof regulationDetailSchema>

const tag = 'regulations'
const byId = z.object({ id: idSchema })
const versionLabel = z.string().trim().min(1).max(40)

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
  summary: 'One version with its whole document, its history and what was found in it',
  tag,
  action: 'regulation.read',
  params: byId,
  response: regulationDetailSchema,
})
export const importRegulation = defineRoute({
  method: 'POST',
  path: '/regulations',
  summary: 'Import a document (YAML or JSON) as a draft; an existing draft of the same version is replaced',
  tag,
  action: 'regulation.write',
  multipart: true,
  /** `replace`: also a draft that was edited here or imported by somebody else. */
  body: z.object({ replace: z.enum(['true', 'false']).default('false') }),
  response: regulationVersionSchema,
})
export const createRegulation = defineRoute({
  method: 'POST',
  path: '/regulations/drafts',
  summary: 'Begin a regulation from scratch: a draft with one area and one criterion',
  tag,
  action: 'regulation.write',
  body: z.object({
    code: regulationDocumentSchema.shape.code.max(60),
    version: versionLabel,
    title: localizedTextSchema,
    source: z.string().trim().min(1).max(1000),
  }),
  response: regulationVersionSchema,
})
export const copyRegulation = defineRoute({
  method: 'POST',
  path: '/regulations/:id/drafts',
  summary: 'Begin a new draft with what another version says',
  tag,
  action: 'regulation.write',
  params: byId,
  body: z.object({ version: versionLabel }),
  response: regulationVersionSchema,
})
export const saveRegulation = defineRoute({
  method: 'PUT',
  path: '/regulations/:id',
  summary: 'Write a draft anew; what was found in it (but the form) does not keep it from being saved',
  tag,
  action: 'regulation.write',
  params: byId,
  body: z.object({
    document: regulationDocumentSchema,
    /** YAML the document was read from, to keep its comments; null: the kept text is rewritten. */
    text: z.string().nullable().default(null),
    /** The revision that was read. */
    revision: z.int(),
  }),
  response: regulationDetailSchema,
})
export const checkRegulation = defineRoute({
  method: 'POST',
  path: '/regulations/check',
  summary: 'Read a document or a text (YAML or JSON) and say what is found in it; nothing is stored',
  tag,
  action: 'regulation.write',
  body: z.object({
    /** Looked at unless null; then it is also written into YAML: into `text`, else into the text kept with `versionId`. */
    document: z.unknown().default(null),
    text: z.string().nullable().default(null),
    versionId: z.int().nullable().default(null),
    /** Also rates the worked examples, which takes longer. */
    examples: z.boolean().default(false),
  }),
  response: z.object({
    /** null: it has not the form of a regulation; `issues` say why. */
    document: regulationDocumentSchema.nullable(),
    /** The document as YAML, with the comments of the text; null: there is no document, or no text to write it into was named. */
    text: z.string().nullable(),
    issues: z.array(regulationIssueSchema),
  }),
})
export const examineRegulation = defineRoute({
  method: 'GET',
  path: '/regulations/:id/findings',
  summary:
    'All that stands in the way of approval: what the check finds, and worked examples rated by the engine',
  tag,
  action: 'regulation.preview',
  params: byId,
  response: z.object({ issues: z.array(regulationIssueSchema) }),
})
export const previewRegulation = defineRoute({
  method: 'POST',
  path: '/regulations/:id/preview',
  summary:
    'What a version, or a document that is not stored, gives one teacher; computed like a run, nothing is kept',
  tag,
  action: 'regulation.preview',
  about: { what: 'preview', teachers: 'body.teacherId' },
  params: byId,
  body: z.object({
    teacherId: z.int(),
    /** null: the snapshot of the newest official run of `period`, or of any period, that has the teacher. */
    snapshotId: z.int().nullable().default(null),
    period: z.object({ from: daySchema, to: daySchema }).nullable().default(null),
    /** null: what the version says. */
    document: regulationDocumentSchema.nullable().default(null),
  }),
  response: teacherResultSchema.extend({
    period: z.object({ from: daySchema, to: daySchema }),
    /** The newest official run on the period, to compare with; null: there is none. */
    officialRunId: z.int().nullable(),
    /** Ids of clauses by which everybody had to be computed; empty: only the teacher was, and there is no place. */
    dependsOn: z.array(z.string()),
  }),
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
  summary: 'Approve a draft (refused to its writers, and while it has errors) or retire an approved version',
  tag,
  action: 'regulation.approve',
  params: byId,
  body: z.discriminatedUnion('action', [
    z.object({
      action: z.literal('approve'),
      /** The revision that was looked at. */
      revision: z.int(),
      /** A reason for each warning. */
      accepted: z
        .array(z.object({ path: z.string(), code: z.string(), reason: z.string().trim().min(1).max(2000) }))
        .default([]),
    }),
    z.object({ action: z.literal('retire') }),
  ]),
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
