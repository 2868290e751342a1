import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'
import { evidenceStateSchema } from './evidence.ts'
import { traceLineSchema } from './runs.ts'

export const appealStates = ['filed', 'in-review', 'upheld', 'rejected', 'withdrawn'] as const
export type AppealState = (typeof appealStates)[number]
/**
 * line: a line of the own trace; evidence: approved evidence that no line counts; standing: a block, an exclusion, a requirement.
 */
export const appealSubjects = ['line', 'evidence', 'standing'] as const

const text = z.string().trim().min(1).max(4000)

export const addedFactSchema = z.object({
  indicator: z.string(),
  happenedOn: daySchema,
  /** Exact, 0 or more. */
  quantity: decimalSchema.regex(/^\d/, '0 or more'),
  role: z.string().nullable(),
  participants: z.int().min(1),
  share: decimalSchema.nullable(),
  attributes: z.record(z.string(), z.unknown()),
  ordinal: z.int().min(1).nullable(),
  affiliated: z.int().min(1).nullable(),
  expertPoints: decimalSchema.nullable(),
})
/** A fact that an upheld appeal puts in. */
export type AddedFact = z.infer<typeof addedFactSchema>

/** What the new run has otherwise, of the appellant alone. */
export const correctionSchema = z.discriminatedUnion('kind', [
  /** Counted anew as it is approved when the new run is computed: corrected and approved again, or approved and not counted. */
  z.object({ kind: z.literal('evidence'), evidenceId: z.int(), reason: text }),
  z.object({ kind: z.literal('remove'), factNo: z.int(), reason: text }),
  z.object({ kind: z.literal('add'), fact: addedFactSchema, reason: text }),
  /** Post, degree, field and leave, as they are recorded when the new run is computed. */
  z.object({ kind: z.literal('person'), reason: text }),
])
export type AppealCorrection = z.infer<typeof correctionSchema>

const appealSchema = z.object({
  id: z.int(),
  runId: z.int(),
  teacherId: z.int(),
  teacher: z.string(),
  subject: z.enum(appealSubjects),
  lineNo: z.int().nullable(),
  evidenceId: z.int().nullable(),
  /** null: none is named. */
  clause: z.string().nullable(),
  clauseTitle: localizedTextSchema.nullable(),
  state: z.enum(appealStates),
  reason: z.string(),
  filedAt: z.iso.datetime(),
  /** Whole days since it was filed, until its answer or today. */
  ageDays: z.int(),
  /** Last day for an answer, inclusive. */
  answerUntil: daySchema,
  isOverdue: z.boolean(),
  /** null: nobody is assigned yet. */
  reviewer: z.string().nullable(),
  answer: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  /** The run that carries it out; null: not upheld, or not computed yet. */
  correctedBy: z.int().nullable(),
})
export type Appeal = z.infer<typeof appealSchema>

export const appealDetailSchema = appealSchema.extend({
  /** The line as it was published; null: it is about none. */
  line: traceLineSchema.nullable(),
  /** As it stands now; null: it is about none. */
  evidence: z
    .object({
      id: z.int(),
      title: z.string(),
      indicator: z.string(),
      state: evidenceStateSchema,
      data: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  /** Of the appellant's standing in the run: status, reasons by code. */
  standing: z.object({
    status: z.string(),
    total: decimalSchema.nullable(),
    place: z.int().nullable(),
    reasons: z.array(z.object({ code: z.string(), clause: z.string().nullable() })),
  }),
  files: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.int(),
      uploadedAt: z.iso.datetime(),
    }),
  ),
  corrections: z.array(correctionSchema),
  history: z.array(
    z.object({
      at: z.iso.datetime(),
      by: z.string(),
      action: z.enum(['file', 'attach', 'assign', 'uphold', 'reject', 'withdraw']),
      reason: z.string().nullable(),
      reviewer: z.string().nullable(),
    }),
  ),
  /** Steps that the asking account may take now. */
  actions: z.array(z.enum(['attach', 'withdraw', 'assign', 'answer'])),
})
export type AppealDetail = z.infer<typeof appealDetailSchema>

const tag = 'appeals'
const byId = z.object({ id: idSchema })
const listQuery = z.object({
  ...pageQuery,
  run: idSchema.optional(),
  state: z.enum(appealStates).optional(),
  /** Only those not answered in time. */
  overdue: z.stringbool().optional(),
})

export const fileAppeal = defineRoute({
  method: 'POST',
  path: '/runs/:id/appeals',
  summary: 'Appeal against a line of the own published result, or against what is missing in it',
  tag,
  action: 'appeal.file',
  params: byId,
  body: z.discriminatedUnion('subject', [
    z.object({ subject: z.literal('line'), lineNo: z.int(), reason: text }),
    z.object({
      subject: z.literal('evidence'),
      evidenceId: z.int(),
      clause: z.string().max(100).nullable().default(null),
      reason: text,
    }),
    z.object({
      subject: z.literal('standing'),
      clause: z.string().max(100).nullable().default(null),
      reason: text,
    }),
  ]),
  response: appealDetailSchema,
})
export const listOwnAppeals = defineRoute({
  method: 'GET',
  path: '/appeals/own',
  summary: 'Appeals of the asking teacher, newest first',
  tag,
  action: 'appeal.file',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  query: listQuery,
  response: pageOf(appealSchema),
})
export const listAssignedAppeals = defineRoute({
  method: 'GET',
  path: '/appeals/assigned',
  summary: 'Appeals that the asking account is to review, those to answer first',
  tag,
  action: 'appeal.review',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  query: listQuery,
  response: pageOf(appealSchema),
})
export const listAppeals = defineRoute({
  method: 'GET',
  path: '/appeals',
  summary: 'All appeals with ages and deadlines, what is open and due first',
  tag,
  action: 'appeal.read',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  query: listQuery,
  response: pageOf(appealSchema),
})
export const appealStatisticsSchema = z.object({
  items: z.array(
    z.object({
      /** null: appeals that name no clause. */
      clause: z.string().nullable(),
      clauseTitle: localizedTextSchema.nullable(),
      filed: z.int(),
      open: z.int(),
      upheld: z.int(),
      rejected: z.int(),
      withdrawn: z.int(),
      /** Upheld of those answered, 0..1; null: none is answered. */
      share: z.number().min(0).max(1).nullable(),
    }),
  ),
})
export type AppealStatistics = z.infer<typeof appealStatisticsSchema>
export const getAppealStatistics = defineRoute({
  method: 'GET',
  path: '/runs/:id/appeals/statistics',
  summary:
    'Appeals against a run and those it took the place of, by clause: filed, upheld, share of the answered',
  tag,
  action: 'appeal.read',
  params: byId,
  response: appealStatisticsSchema,
})
export const getAppeal = defineRoute({
  method: 'GET',
  path: '/appeals/:id',
  summary: 'One appeal with its history, for the appellant, the reviewer, office and management',
  tag,
  action: 'appeal.review',
  about: { what: 'result', teachers: 'answer.teacherId' },
  params: byId,
  response: appealDetailSchema,
})
export const attachToAppeal = defineRoute({
  method: 'POST',
  path: '/appeals/:id/files',
  summary: 'Attach a file to an appeal that is not answered',
  tag,
  action: 'appeal.file',
  params: byId,
  multipart: true,
  response: appealDetailSchema,
})
export const downloadAppealFile = defineRoute({
  method: 'GET',
  path: '/teachers/:teacherId/appeals/:id/files/:fileId',
  summary: 'A file of an appeal',
  tag,
  action: 'appeal.review',
  about: { what: 'file', teachers: 'params.teacherId' },
  params: z.object({ teacherId: idSchema, id: idSchema, fileId: idSchema }),
  produces: ['application/octet-stream'],
})
export const withdrawAppeal = defineRoute({
  method: 'POST',
  path: '/appeals/:id/withdrawal',
  summary: 'Take back the own appeal',
  tag,
  action: 'appeal.file',
  params: byId,
  body: z.object({ reason: z.string().trim().max(2000).default('') }),
  response: appealDetailSchema,
})
/** Why somebody is not independent. */
export const reviewerObjections = ['appellant', 'decided', 'co-author', 'leads', 'relative'] as const
export const listReviewers = defineRoute({
  method: 'GET',
  path: '/appeals/:id/reviewers',
  summary: 'Accounts that could review an appeal, with what speaks against each',
  tag,
  action: 'appeal.assign',
  params: byId,
  query: z.object({ ...pageQuery, search: z.string().trim().max(100).default('') }),
  response: pageOf(
    z.object({ accountId: z.int(), name: z.string(), objection: z.enum(reviewerObjections).nullable() }),
  ),
})
export const assignReviewer = defineRoute({
  method: 'POST',
  path: '/appeals/:id/reviewer',
  summary: 'Assign an independent reviewer, or another one',
  tag,
  action: 'appeal.assign',
  params: byId,
  body: z.object({ accountId: z.int() }),
  response: appealDetailSchema,
})
export const answerAppeal = defineRoute({
  method: 'POST',
  path: '/appeals/:id/answer',
  summary: 'Uphold an appeal, with what is to be corrected, or reject it; always with a reason',
  tag,
  action: 'appeal.review',
  params: byId,
  body: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('upheld'),
      reason: text,
      corrections: z.array(correctionSchema).min(1).max(50),
    }),
    z.object({ outcome: z.literal('rejected'), reason: text }),
  ]),
  response: appealDetailSchema,
})
export const requestCorrection = defineRoute({
  method: 'POST',
  path: '/runs/:id/correction',
  summary:
    'Ask for the new run that carries out all upheld appeals against this one and changes nothing else',
  tag,
  action: 'run.start',
  params: byId,
  response: z.object({ runId: z.int() }),
})
const nameSchema = z.object({
  teacherId: z.int(),
  familyName: z.string(),
  givenName: z.string(),
  patronymic: z.string().nullable(),
})
export const runCorrectionSchema = z.object({
  baseRunId: z.int(),
  appeals: z.array(z.object({ id: z.int(), teacherId: z.int() })),
  appellants: z.array(
    nameSchema.extend({
      before: z.object({ total: decimalSchema.nullable(), place: z.int().nullable() }),
      after: z.object({ total: decimalSchema.nullable(), place: z.int().nullable() }),
    }),
  ),
  /** Clauses by which the results of some depend on those of others; empty: nobody else's points may change. */
  dependsOn: z.array(z.string()),
  /** Others whose points changed, with the clauses of the lines that did; the first hundred by code. */
  dependents: z.array(nameSchema.extend({ clauses: z.array(z.string()) })),
  /** Others whose points changed, and those of whom only the place did. */
  counts: z.object({ dependents: z.int(), moved: z.int() }),
  /** Whether every change of points is explained: an appellant's, or one by a clause of `dependsOn`. */
  isExplained: z.boolean(),
})
export type RunCorrection = z.infer<typeof runCorrectionSchema>
export const getCorrection = defineRoute({
  method: 'GET',
  path: '/runs/:id/correction',
  summary: 'What a run changed that carries out upheld appeals; null for any other run',
  tag,
  action: 'appeal.read',
  about: { what: 'result', teachers: 'answer.correction.appellants.*.teacherId' },
  params: byId,
  response: z.object({ correction: runCorrectionSchema.nullable() }),
})
