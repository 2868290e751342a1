import { defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'

const tag = 'forecast'
const share = z.number().min(0).max(1)
const reasonSchema = z.object({
  /** A word of the asker's own text. */
  word: z.string(),
  /** Approved entries that have it, and how many of them are of what is suggested. */
  entries: z.int(),
  ofClass: z.int(),
})
export type SuggestionReason = z.output<typeof reasonSchema>
const suggestionSchema = z.object({
  /** What an answer names. */
  task: z.string(),
  value: z.string(),
  /** Of suggestions of this confidence such a share was right on what was held out. */
  confidence: share,
  reasons: z.array(reasonSchema),
})
const fieldSuggestionSchema = suggestionSchema.extend({ field: z.string() })
export type FieldSuggestion = z.output<typeof fieldSuggestionSchema>

export const suggestKinds = defineRoute({
  method: 'POST',
  path: '/sorting/kinds',
  summary:
    'Which kind of evidence something most likely is, by what one calls it; empty: nothing is sure enough',
  tag,
  action: 'evidence.write',
  body: z.object({ text: z.string().trim().min(1).max(2000) }),
  response: z.object({ items: z.array(suggestionSchema) }),
})

export const suggestFields = defineRoute({
  method: 'POST',
  path: '/sorting/fields',
  summary:
    'What the choices of an entry most likely are, where that is sure enough and differs from what is entered',
  tag,
  action: 'evidence.write',
  body: z.object({
    indicator: z.string().max(200),
    data: z.record(z.string(), z.unknown()),
  }),
  response: z.object({ items: z.array(fieldSuggestionSchema) }),
})

const remarkSchema = z.discriminatedUnion('what', [
  z.object({
    /** A number is far from what is usual; the field, or how many took part, or entries of one teacher in the year. */
    what: z.enum(['number', 'participants', 'year']),
    /** null: no field. */
    field: z.string().nullable(),
    value: z.number(),
    /** Nineteen of twenty approved ones lie between. */
    low: z.number(),
    high: z.number(),
    /** Approved numbers that it is compared with. */
    count: z.int(),
  }),
  z.object({
    /** Another choice is far likelier by what is written. */
    what: z.literal('choice'),
    field: z.string(),
    value: z.string(),
    likelier: z.string(),
    confidence: share,
    reasons: z.array(reasonSchema),
  }),
])
export type Remark = z.output<typeof remarkSchema>

export const listRemarks = defineRoute({
  method: 'GET',
  path: '/sorting/entries/:id/remarks',
  summary: 'What is unusual about an entry beside approved ones of its kind',
  tag,
  action: 'evidence.read',
  about: { what: 'evidence', evidence: 'params.id' },
  params: z.object({ id: idSchema }),
  response: z.object({ items: z.array(remarkSchema) }),
})

const taskSchema = z.object({
  /** kind, <plugin>.<kind>/<field>, or what is matched: <plugin>.<id> or core.copies. */
  task: z.string(),
  learnedAt: z.iso.datetime(),
  /** null: candidates are judged, there are no classes. */
  classes: z.int().nullable(),
  /** null: never suggested by what was learned; it is no better than always the most frequent. */
  threshold: share.nullable(),
  /** Why a plain rule suggests instead. few: too little was decided; no-better: the rule was right as often. null: it does not, or there is none. */
  refused: z.enum(['few', 'no-better']).nullable(),
  /** Approved records, or questions that people decided. */
  records: z.int(),
  heldOut: z.int(),
  /** null: nothing could be measured; so in what follows. */
  accuracy: share.nullable(),
  /** The same of the plain rule; null: there is none. */
  rule: share.nullable(),
  /** Accuracy of always saying the most frequent. */
  mostFrequent: share.nullable(),
  suggested: share.nullable(),
  rightIfSuggested: share.nullable(),
  /** How far probabilities are from the share that was right, on the mean; null: not of classes. */
  gap: share.nullable(),
  backend: z.string().nullable(),
  seed: z.int().nullable(),
  seconds: z.number().nullable(),
  shown: z.int(),
  taken: z.int(),
  declined: z.int(),
})
export type SortingTask = z.output<typeof taskSchema>

export const listTasks = defineRoute({
  method: 'GET',
  path: '/sorting/tasks',
  summary:
    'What suggestions are made, how right they were on held-out entries, and how often people took them',
  tag,
  action: 'catalogue.read',
  query: z.object(pageQuery),
  response: pageOf(taskSchema),
})

export const learnNow = defineRoute({
  method: 'POST',
  path: '/sorting/learn',
  summary: 'Asks for suggestions to be learned anew from approved entries, as is done each night',
  tag,
  action: 'catalogue.change',
})
