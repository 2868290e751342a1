import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { issueSchema } from '../problem.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'
import { evidenceItemSchema, evidenceStateSchema } from './evidence.ts'
import { lineKinds, reasonSchema, teacherResultSchema, traceLineSchema } from './runs.ts'

const period = z.object({ from: daySchema, to: daySchema })

/** An entry as its teacher works on it. */
export const yearEntrySchema = evidenceItemSchema.extend({
  /** What stands in the way of submitting it; of entries that are not open, empty. */
  missing: z.array(issueSchema),
  /** What whoever sent it back, rejected or reopened it wrote; null: nobody did. */
  comment: z.object({ at: z.iso.datetime(), account: z.string(), reason: z.string() }).nullable(),
})
export type YearEntry = z.infer<typeof yearEntrySchema>

/** Why an entry adds nothing, or why it cannot be told. */
export const whyNothingCodes = [
  'no-date',
  'outside-days',
  'not-affiliated',
  'kind-missing',
  'no-clause',
  'limit',
  'gives-way',
  'zero-points',
  'waits',
  'depends-on-others',
] as const

/** What one fact more changes, read from two results of the engine. */
export const effectSchema = z.object({
  /** Of what is known of the total, exact; null: it cannot be told, see `why` and `reasons`. */
  change: decimalSchema.nullable(),
  /** Lines about the fact itself. */
  lines: z.array(traceLineSchema),
  /** How lines about everything else change: limits that cut, facts that give way. */
  others: z.array(
    z.object({
      kind: z.enum(lineKinds),
      area: z.string().nullable(),
      clause: z.string(),
      clauseTitle: localizedTextSchema,
      change: decimalSchema,
    }),
  ),
  reasons: z.array(reasonSchema),
  /** Values that the clauses read and nobody knows of it, such as the quartile of its journal. */
  unknown: z.array(z.object({ clause: z.string(), indicator: z.string(), value: z.string() })),
  /** null: it adds or takes away something. */
  why: z
    .object({
      code: z.enum(whyNothingCodes),
      clause: z.string().nullable(),
      clauseTitle: localizedTextSchema.nullable(),
    })
    .nullable(),
})
export type EntryEffect = z.infer<typeof effectSchema>

const regulationRef = z.object({
  id: z.int(),
  code: z.string(),
  version: z.string(),
  title: localizedTextSchema,
  period,
  /** From and until when what was done in the period may be submitted, and until when it is decided about; null: no day is set. */
  opens: daySchema.nullable(),
  closes: daySchema.nullable(),
  decidesUntil: daySchema.nullable(),
})

export const teacherPointsSchema = z.object({
  regulation: regulationRef,
  /** All regulations by which the teacher is rated in the period, the shown one among them. */
  regulations: z.array(regulationRef),
  areas: z.array(z.object({ id: z.string(), title: localizedTextSchema })),
  /** First day whose facts can count; the last is that of the period. */
  factsFrom: daySchema,
  /** Of what is approved; no place, because that depends on others. */
  approved: teacherResultSchema,
  /** As if everything entered were approved. */
  entered: teacherResultSchema,
  /** What is known of both totals, exact: the sum of their lines, also where the total waits. null: a norm is missing. */
  known: z.object({ approved: decimalSchema.nullable(), entered: decimalSchema.nullable() }),
  /** Every open entry by itself, over what is approved. */
  entries: z.array(effectSchema.extend({ evidenceId: z.int() })),
  /** Entries that clauses count over several years, each until the last day of the last year in which it does: they are entered once. */
  lasting: z.array(
    z.object({ evidenceId: z.int(), clause: z.string(), title: localizedTextSchema, until: daySchema }),
  ),
  /** Open entries that were not tried, because there are more than can be at once. */
  untried: z.int(),
  /** Ids of clauses for whose sake others were computed too; then neither entries nor offers were tried. */
  dependsOn: z.array(z.string()),
  caps: z.array(
    z.object({
      level: z.enum(['criterion', 'group', 'area', 'total']),
      clause: z.string(),
      title: localizedTextSchema,
      cap: decimalSchema,
      /** null: not known. */
      approved: decimalSchema.nullable(),
      entered: decimalSchema.nullable(),
      left: decimalSchema.nullable(),
    }),
  ),
  lists: z.array(
    z.object({
      criterion: z.string(),
      clause: z.string(),
      title: localizedTextSchema,
      most: z.int(),
      /** Values that name the container; empty: all facts of the criterion together. */
      per: z.array(z.string()),
      counted: z.int().nullable(),
    }),
  ),
  shares: z.array(
    z.object({
      clause: z.string(),
      title: localizedTextSchema,
      share: decimalSchema,
      /** Points that it cuts now. */
      cut: decimalSchema,
    }),
  ),
  /** Where they are asked for: every criterion about the teacher, with what one more would give over what is approved. */
  offers: z.array(
    z.object({
      clause: z.string(),
      title: localizedTextSchema,
      area: z.string(),
      indicator: z.string(),
      unit: z.string(),
      /** Facts that count now, and what they give. */
      facts: z.int(),
      points: decimalSchema,
      /**
       * What one more gives at least, and at most where a table or range has several rows, by one author alone and with no more than the
       * conditions ask for; null: only the engine with a real entry can tell.
       */
      least: decimalSchema.nullable(),
      most: decimalSchema.nullable(),
      /** Clauses whose limits would cut it. */
      cutBy: z.array(z.object({ clause: z.string(), title: localizedTextSchema })),
    }),
  ),
})
export type TeacherPoints = z.infer<typeof teacherPointsSchema>

const tag = 'teacher-year'
const action = 'year.read'
const byId = z.object({ id: idSchema })

export const listYearEntries = defineRoute({
  method: 'GET',
  path: '/teachers/:id/entries',
  summary:
    'What a teacher has entered: open entries of any date with what is missing, approved ones of the days asked for',
  tag,
  action,
  about: { what: 'evidence', teachers: 'params.id' },
  params: byId,
  query: z.object({
    ...pageQuery,
    state: evidenceStateSchema.optional(),
    /** Of approved entries; absent: no end on that side. */
    from: daySchema.optional(),
    to: daySchema.optional(),
  }),
  response: pageOf(yearEntrySchema).extend({
    /** Entries by state, whatever `state` asks for. */
    counts: z.record(evidenceStateSchema, z.int()),
  }),
})
export const getTeacherPoints = defineRoute({
  method: 'GET',
  path: '/teachers/:id/points',
  summary:
    'What a teacher has now by the approved regulation: of what is approved, and as if everything entered were; computed like a run, nothing is kept',
  tag,
  action,
  about: { what: 'preview', teachers: 'params.id' },
  params: byId,
  query: z.object({
    /** Id of a version; absent: the regulation of the newest official run that has the teacher, else the first. */
    regulation: idSchema.optional(),
    /** Both or none; absent: the year of the regulation that contains today. */
    from: daySchema.optional(),
    to: daySchema.optional(),
    /** yes: also what one more of each criterion would give, which takes longer. */
    offers: z.enum(['yes', 'no']).default('no'),
  }),
  response: teacherPointsSchema,
})
export const getEntryPoints = defineRoute({
  method: 'GET',
  path: '/teachers/:id/entries/:evidenceId/points',
  summary: 'What an open entry would add for a teacher in the year of its date, or why nothing',
  tag,
  action,
  about: { what: 'preview', teachers: 'params.id' },
  params: z.object({ id: idSchema, evidenceId: idSchema }),
  response: effectSchema.extend({ regulation: regulationRef }),
})
