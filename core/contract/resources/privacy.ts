import { z } from 'zod'
import { daySchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const accountRef = z.object({
  id: z.int(),
  /** null: the account is gone. */
  name: z.string().nullable(),
})
const teacherRef = z.object({ id: z.int(), code: z.string(), name: z.string() })
const days = {
  /** In UTC, both inclusive. */
  from: daySchema.optional(),
  to: daySchema.optional(),
}

export const auditActions = ['insert', 'update', 'delete', 'truncate', 'erase'] as const
const rowSchema = z.record(z.string(), z.unknown())
export const auditEntrySchema = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  /** account:5, job:rating-run, command:migrate, visitor, database:user */
  actor: z.string(),
  /** null: the actor is no account. */
  account: accountRef.nullable(),
  request: z.string().nullable(),
  /** With its schema: core.teacher */
  table: z.string(),
  /** In the reader's language; null: it has no word. */
  tableTitle: z.string().nullable(),
  key: rowSchema,
  action: z.enum(auditActions),
  /** null: the row names no teacher. */
  teacher: teacherRef.nullable(),
  /** What it was and what it became, column by column; of a row that came or went only what is not null. */
  changes: z.array(
    z.object({
      column: z.string(),
      /** In the reader's language; null: the column has no word. */
      says: z.string().nullable(),
      from: z.unknown(),
      to: z.unknown(),
    }),
  ),
  /** What it said of before and after was erased. */
  erased: z.boolean(),
  /** Link of the chain; null: it waits for one. */
  position: z.int().nullable(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const listAuditEntries = defineRoute({
  method: 'GET',
  path: '/audit',
  summary: 'Every change with who, when, from what to what, newest first',
  tag: 'privacy',
  action: 'audit.read',
  query: z.object({
    ...pageQuery,
    ...days,
    /** Whom the change is about. */
    teacher: idSchema.optional(),
    /** Who made it. */
    account: idSchema.optional(),
    table: z.string().max(200).optional(),
    action: z.enum(auditActions).optional(),
    /** All changes of one request. */
    request: z.string().max(100).optional(),
  }),
  response: pageOf(auditEntrySchema).extend({
    /** Tables whose changes are recorded. */
    tables: z.array(z.object({ name: z.string(), title: z.string().nullable() })),
    /** The last link of the chain of hashes, to be kept elsewhere; null: there is none yet. */
    head: z.object({ position: z.int(), hash: z.string() }).nullable(),
  }),
})

export const accessKinds = ['profile', 'evidence', 'file', 'result', 'preview', 'export'] as const
export const dataAccessSchema = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  account: accountRef,
  what: z.enum(accessKinds),
  /** Of the contract: GET /runs/:id/ranking */
  route: z.string(),
  params: rowSchema,
  /** A list or file of everybody whom the reader's rights reach. */
  everybody: z.boolean(),
  /** The first five whose data were shown; empty where one asks about oneself. */
  teachers: z.array(teacherRef),
  teacherCount: z.int(),
  request: z.string().nullable(),
})
export type DataAccess = z.infer<typeof dataAccessSchema>

export const listDataAccesses = defineRoute({
  method: 'GET',
  path: '/privacy/accesses',
  summary: 'Who looked at whose data, newest first: for a person at one’s own, for the administrator at all',
  tag: 'privacy',
  action: 'privacy.accesses',
  query: z.object({
    ...pageQuery,
    ...days,
    /** Whose data; only for who may see all. */
    teacher: idSchema.optional(),
    /** Who looked. */
    account: idSchema.optional(),
    what: z.enum(accessKinds).optional(),
  }),
  response: pageOf(dataAccessSchema),
})

export const registerEntrySchema = z.object({
  /** core, or a plugin. */
  owner: z.string(),
  table: z.string(),
  /** What it is kept for, why it may be, how long, what becomes of it on erasure: in the reader's language. */
  purpose: z.string(),
  basis: z.string(),
  keep: z.string(),
  erase: z.string(),
  /** Roles that may read it, beside the person. */
  readers: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), says: z.string() })),
})
export type RegisterEntry = z.infer<typeof registerEntrySchema>

export const getPersonalDataRegister = defineRoute({
  method: 'GET',
  path: '/privacy/register',
  summary: 'Which personal data are kept, what for, by which right, how long, and who may read them',
  tag: 'privacy',
  action: 'privacy.register',
  response: z.object({ items: z.array(registerEntrySchema) }),
})
export const exportPersonalDataRegister = defineRoute({
  method: 'GET',
  path: '/privacy/register/export',
  summary: 'The register as CSV or XLSX, a row for each column',
  tag: 'privacy',
  action: 'privacy.register',
  query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})

export const dataRequestSchema = z.object({
  id: z.int(),
  kind: z.enum(['export', 'erasure']),
  teacher: teacherRef,
  askedBy: accountRef,
  askedAt: z.iso.datetime(),
  reason: z.string().nullable(),
  state: z.enum(['asked', 'granted', 'refused', 'withdrawn']),
  /** null: nobody has decided yet. */
  decidedBy: accountRef.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  answer: z.string().nullable(),
  /** Of an erasure that was carried out; null: none was. */
  outcome: z
    .object({
      /** Table -> rows that were deleted or changed. */
      erased: z.record(z.string(), z.int()),
      /** Table -> rows that stay under the personnel number. */
      kept: z.record(z.string(), z.int()),
      /** Until when rows are kept whose time is counted from leaving; null: no post is known. */
      keptUntil: daySchema.nullable(),
      /** Snapshots from before names stood outside of the hash: their names stay. */
      olderSnapshots: z.int(),
      /** Frozen facts in whose texts somebody wrote the name: they were rated and hashed as they are, and stay. */
      frozenMentions: z.int(),
    })
    .nullable(),
})
export type DataRequest = z.infer<typeof dataRequestSchema>
const byId = z.object({ id: idSchema })

export const listDataRequests = defineRoute({
  method: 'GET',
  path: '/privacy/requests',
  summary: 'What persons asked about their data, and what became of it: one’s own, or all for who decides',
  tag: 'privacy',
  action: 'privacy.requests',
  query: z.object({ ...pageQuery, state: dataRequestSchema.shape.state.optional() }),
  response: pageOf(dataRequestSchema),
})
export const askAboutData = defineRoute({
  method: 'POST',
  path: '/privacy/requests',
  summary: 'Ask for one’s data as a file, or that they be erased',
  tag: 'privacy',
  action: 'privacy.ask',
  body: z.object({
    kind: dataRequestSchema.shape.kind,
    reason: z.string().trim().max(2000).nullable().default(null),
  }),
  response: dataRequestSchema,
})
export const decideDataRequest = defineRoute({
  method: 'POST',
  path: '/privacy/requests/:id/moves',
  summary: 'Grant a request (an erasure is carried out at once) or refuse it with the reason',
  tag: 'privacy',
  action: 'privacy.decide',
  params: byId,
  body: z.object({
    action: z.enum(['grant', 'refuse']),
    answer: z.string().trim().max(2000).nullable().default(null),
  }),
  response: dataRequestSchema,
})
export const withdrawDataRequest = defineRoute({
  method: 'DELETE',
  path: '/privacy/requests/:id',
  summary: 'Withdraw one’s own request that nobody has decided about',
  tag: 'privacy',
  action: 'privacy.ask',
  params: byId,
})
export const downloadOwnData = defineRoute({
  method: 'GET',
  path: '/privacy/requests/:id/bundle',
  summary:
    'Everything that is kept of the person, as JSON and files in one ZIP; after the request was granted',
  tag: 'privacy',
  action: 'privacy.ask',
  params: byId,
  produces: ['application/zip'],
})
