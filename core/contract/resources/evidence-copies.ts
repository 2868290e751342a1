import { z } from 'zod'
import { daySchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import {
  evidenceDetailSchema,
  evidenceInputSchema,
  evidenceStateSchema,
  participantSchema,
} from './evidence.ts'

/** What pairs are counted under as suggestions. */
export const copyTask = 'core.copies'

const summarySchema = z.object({
  id: z.int(),
  indicator: z.string(),
  title: z.string(),
  state: evidenceStateSchema,
  happenedOn: daySchema.nullable(),
  participantCount: z.int(),
  /** Names of the teachers who take part, at most three. */
  teachers: z.array(z.string()),
})
/** What two entries with one title, or a near one, have in common beside it. */
const likenessSchema = z.object({
  /** How likely they are one work, by what was decided of others; null: too little was, or there is no plugin that learns. */
  probability: z.number().min(0).max(1).nullable(),
  /** Fields that are known of both and say the same, and those that do not. */
  agree: z.array(z.string()),
  differ: z.array(z.string()),
  /** Between their dates; null: one has none. */
  days: z.number().nullable(),
  /** Teachers who take part in both. */
  people: z.int(),
})
export type PairLikeness = z.infer<typeof likenessSchema>
export const evidenceCopySchema = z.object({
  id: z.int(),
  /** same: what the kind says of the two; perhaps: a person must look. */
  verdict: z.enum(['same', 'perhaps']),
  likeness: likenessSchema,
  first: summarySchema,
  second: summarySchema,
  evidenceIds: z.array(z.int()),
})
export type EvidenceCopy = z.infer<typeof evidenceCopySchema>

export const evidenceCopyDetailSchema = z.object({
  id: z.int(),
  likeness: likenessSchema,
  evidenceIds: z.array(z.int()),
  first: evidenceDetailSchema,
  second: evidenceDetailSchema,
  /** Which of the two may stay: one that has come no less far than the other. */
  keepable: z.array(z.int()),
  /** The participants of both, those of the one that stays first. */
  united: z.object({ first: z.array(participantSchema), second: z.array(participantSchema) }),
})
export type EvidenceCopyDetail = z.infer<typeof evidenceCopyDetailSchema>

const tag = 'evidence'
const action = 'evidence.merge'
const params = z.object({ id: idSchema })
const reason = z.string().trim().min(1).max(2000)

export const listCopies = defineRoute({
  method: 'GET',
  path: '/evidence/copies',
  summary: 'Pairs of entries that may be one work and that nobody decided about yet',
  tag,
  action,
  about: { what: 'evidence', evidence: 'answer.items.*.evidenceIds.*' },
  query: z.object(pageQuery),
  response: pageOf(evidenceCopySchema),
})
export const getCopy = defineRoute({
  method: 'GET',
  path: '/evidence/copies/:id',
  summary: 'The two entries of a pair, to be compared',
  tag,
  action,
  about: { what: 'evidence', evidence: 'answer.evidenceIds.*' },
  params,
  response: evidenceCopyDetailSchema,
})
export const mergeCopies = defineRoute({
  method: 'POST',
  path: '/evidence/copies/:id/merging',
  summary:
    'Make one entry of two: the one that stays is written anew with what was chosen of both, the other is rejected as merged into it',
  tag,
  action,
  params,
  body: evidenceInputSchema.omit({ indicator: true }).extend({
    keptId: idSchema,
    revisions: z.object({ first: z.int(), second: z.int() }),
    reason,
  }),
  response: z.object({ evidenceId: z.int() }),
})
export const keepCopiesApart = defineRoute({
  method: 'POST',
  path: '/evidence/copies/:id/separation',
  summary: 'Say that the two are two works: they are not shown as a pair again',
  tag,
  action,
  params,
  body: z.object({ reason }),
  response: z.object({ done: z.literal(true) }),
})
