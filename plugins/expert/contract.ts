import { defineRoute, idSchema, localizedTextSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { answerSchema } from './answer/answer.ts'
import { areaSchema } from './answer/areas.ts'
import { randomIndexSets } from './pairwise/consistency.ts'
import { agreements } from './pairwise/kendall-w.ts'

/** What the browser computes by the same formulas as the server, while an expert answers. */
export { emptyAnswer } from './answer/answer.ts'
export type { Answer, BestWorstAnswer, Pair, PairsAnswer } from './answer/answer.ts'
export { compareAreas } from './answer/areas.ts'
export type { Area, AreaDifferences } from './answer/areas.ts'
export { judgeAnswer } from './answer/judge-answer.ts'
export type { JudgedAnswer } from './answer/judge-answer.ts'
export type { JudgedBestWorst } from './answer/judge-best-worst.ts'
export type { JudgedPairs } from './answer/judge-pairs.ts'

/** Experts that one consultation may ask. */
export const mostExperts = 100

const tag = 'expert'
const byId = z.object({ id: idSchema })
const moment = z.iso.datetime()
const ratio = z.number().min(0).max(1)
export const methods = ['ahp', 'best-worst'] as const
export const randomIndexNames = randomIndexSets

const rulesSchema = z.object({
  method: z.enum(methods),
  /** For the analytic hierarchy process. */
  randomIndex: z.enum(randomIndexSets),
  /** Greatest consistency ratio that is accepted, inclusive; for the analytic hierarchy process. */
  limit: ratio,
  /** What happens to an answer that contradicts itself beyond that (or beyond the published threshold): refused, or accepted with a warning. */
  whenInconsistent: z.enum(['refuse', 'warn']),
})

const questionSchema = rulesSchema.extend({
  id: z.int(),
  title: localizedTextSchema,
  /** As the draft had them when the consultation was opened. */
  areas: z.array(areaSchema),
  /** Answers are taken from the first moment on, until before the second. */
  opensAt: moment,
  closesAt: moment,
  state: z.enum(['planned', 'open', 'closed']),
})
export type Question = z.output<typeof questionSchema>

export const consultationSchema = questionSchema.extend({
  versionId: z.int(),
  regulation: z.object({ code: z.string(), version: z.string() }),
  invited: z.int(),
  submitted: z.int(),
  revision: z.int(),
})
export type Consultation = z.output<typeof consultationSchema>

export const consultationDetailSchema = consultationSchema.extend({
  /** How far each expert is, by name; what they answered is in the results. */
  experts: z.array(
    z.object({
      accountId: z.int(),
      name: z.string(),
      given: z.int(),
      needed: z.int(),
      savedAt: moment.nullable(),
      submittedAt: moment.nullable(),
    }),
  ),
  /** Oldest first. */
  history: z.array(
    z.object({
      at: moment,
      account: z.string(),
      action: z.enum(['open', 'change', 'close', 'submit', 'take-back', 'save-weighting']),
      reason: z.string().nullable(),
      regulationVersion: z.string().nullable(),
    }),
  ),
})
export type ConsultationDetail = z.output<typeof consultationDetailSchema>

export const listConsultations = defineRoute({
  method: 'GET',
  path: '/consultations',
  summary: 'Consultations, newest first',
  tag,
  action: 'consultation.read',
  query: z.object(pageQuery),
  response: pageOf(consultationSchema),
})

export const getConsultation = defineRoute({
  method: 'GET',
  path: '/consultations/:id',
  summary: 'A consultation with how far its experts are, and its history',
  tag,
  action: 'consultation.read',
  params: byId,
  response: consultationDetailSchema,
})

const plan = {
  title: localizedTextSchema,
  opensAt: moment,
  closesAt: moment,
  /** Accounts. */
  experts: z.array(z.int().positive()).min(1).max(mostExperts),
}

export const openConsultation = defineRoute({
  method: 'POST',
  path: '/consultations',
  summary: 'Ask experts how much the areas of a draft regulation count',
  tag,
  action: 'consultation.manage',
  body: z.object({
    ...plan,
    versionId: z.int().positive(),
    method: rulesSchema.shape.method,
    randomIndex: rulesSchema.shape.randomIndex.default('saaty-1980'),
    limit: ratio.default(0.1),
    whenInconsistent: rulesSchema.shape.whenInconsistent.default('refuse'),
  }),
  response: consultationDetailSchema,
})

export const changeConsultation = defineRoute({
  method: 'PUT',
  path: '/consultations/:id',
  summary: 'Change title, times and experts until it is closed; who answered already stays invited',
  tag,
  action: 'consultation.manage',
  params: byId,
  body: z.object({ ...plan, revision: z.int() }),
  response: consultationDetailSchema,
})

export const closeConsultation = defineRoute({
  method: 'POST',
  path: '/consultations/:id/close',
  summary: 'Close a consultation for good, before its time',
  tag,
  action: 'consultation.manage',
  params: byId,
  response: consultationDetailSchema,
})

const weightsSchema = z.record(z.string(), z.number())

export const resultsSchema = z.object({
  question: questionSchema,
  invited: z.int(),
  /** Those who submitted, by name. */
  experts: z.array(
    z.object({
      accountId: z.int(),
      name: z.string(),
      weights: weightsSchema,
      /** Consistency ratio of the method. */
      ratio: z.number(),
      /** Greatest acceptable ratio; null: none is published for so many areas. */
      limit: z.number().nullable(),
      /** null: there is nothing to judge by. */
      acceptable: z.boolean().nullable(),
      /** Ids of the areas that contradict each other most: a triad, or one area; empty: none do. */
      contradiction: z.array(z.string()),
    }),
  ),
  /** null: nobody submitted. */
  group: z
    .object({
      weights: weightsSchema,
      /** Of the combined judgements; null: the method combines weights, not judgements. */
      ratio: z.number().nullable(),
      contradiction: z.array(z.string()),
    })
    .nullable(),
  /** Kendall's W, 0..1, with its word; null: fewer than two experts, or none of them prefers anything. */
  agreement: z.object({ w: z.number(), word: z.enum(agreements) }).nullable(),
})
export type Results = z.output<typeof resultsSchema>

export const getResults = defineRoute({
  method: 'GET',
  path: '/consultations/:id/results',
  summary:
    'Weights of each expert who submitted and of all together; not for invited experts before it is closed',
  tag,
  action: 'consultation.read',
  params: byId,
  response: resultsSchema,
})

export const saveWeighting = defineRoute({
  method: 'POST',
  path: '/consultations/:id/weighting',
  summary: 'Make the answers of a closed consultation the weighting of a draft regulation',
  tag,
  action: 'consultation.manage',
  params: byId,
  body: z.object({
    versionId: z.int().positive(),
    /** The draft as it was looked at. */
    hash: z.string(),
    reason: z.string().trim().min(1).max(2000),
    /** Somebody looked at areas that bear another title now, and says they are the same. */
    acceptsRenamed: z.boolean().default(false),
  }),
  response: consultationDetailSchema,
})

export const draftSchema = z.object({
  id: z.int(),
  code: z.string(),
  version: z.string(),
  title: localizedTextSchema,
  hash: z.string(),
  areas: z.array(areaSchema),
})
export type Draft = z.output<typeof draftSchema>

export const listDrafts = defineRoute({
  method: 'GET',
  path: '/drafts',
  summary: 'Draft regulations that experts can be asked about, newest first',
  tag,
  action: 'consultation.manage',
  response: z.object({ items: z.array(draftSchema) }),
})

export const listExperts = defineRoute({
  method: 'GET',
  path: '/experts',
  summary: 'Accounts that can be invited, by name',
  tag,
  action: 'consultation.manage',
  query: z.object({ ...pageQuery, search: z.string().trim().max(100).optional() }),
  response: pageOf(z.object({ id: z.int(), name: z.string() })),
})

export const sheetSchema = z.object({
  question: questionSchema,
  answer: answerSchema,
  revision: z.int(),
  savedAt: moment.nullable(),
  submittedAt: moment.nullable(),
})
export type Sheet = z.output<typeof sheetSchema>

export const listSheets = defineRoute({
  method: 'GET',
  path: '/sheets',
  summary: 'Consultations the asker is invited to, newest first',
  tag,
  action: 'consultation.answer',
  query: z.object(pageQuery),
  response: pageOf(
    z.object({
      question: questionSchema,
      given: z.int(),
      needed: z.int(),
      submittedAt: moment.nullable(),
    }),
  ),
})

export const getSheet = defineRoute({
  method: 'GET',
  path: '/sheets/:id',
  summary: "The asker's own sheet of a consultation",
  tag,
  action: 'consultation.answer',
  params: byId,
  response: sheetSchema,
})

export const saveAnswer = defineRoute({
  method: 'PUT',
  path: '/sheets/:id',
  summary: 'Save what the asker has answered so far; gaps are fine',
  tag,
  action: 'consultation.answer',
  params: byId,
  body: z.object({
    answer: answerSchema,
    /** The one that was read; another change in between is answered by `expert.sheet-revision`. */
    revision: z.int(),
  }),
  response: sheetSchema,
})

export const moveSheet = defineRoute({
  method: 'POST',
  path: '/sheets/:id/moves',
  summary: 'Submit the whole answer, or take it back to change it while the consultation is open',
  tag,
  action: 'consultation.answer',
  params: byId,
  body: z.object({ action: z.enum(['submit', 'take-back']), revision: z.int() }),
  response: sheetSchema,
})

export const getSheetResults = defineRoute({
  method: 'GET',
  path: '/sheets/:id/results',
  summary: 'The results of a closed consultation the asker was invited to',
  tag,
  action: 'consultation.answer',
  params: byId,
  response: resultsSchema,
})
