import { defineRoute, idSchema, localizedTextSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'

const tag = 'forecast'
const share = z.number().min(0).max(1)
export const subjectKinds = ['teacher', 'department', 'faculty', 'university'] as const

/** How the method did on the university's own past; errors in points. */
const backtestSchema = z.object({
  origins: z.int(),
  forecasts: z.int(),
  ours: z.number(),
  naive: z.number(),
  best: z.object({ method: z.string(), error: z.number() }),
  /** Share of outcomes inside the 80 and 95 % intervals; null: too few to tell. */
  cov80: share.nullable(),
  cov95: share.nullable(),
})
export type BacktestSummary = z.output<typeof backtestSchema>

const measureSchema = z.object({
  /** total, or the id of an area. */
  id: z.string(),
  /** null: the total. */
  title: localizedTextSchema.nullable(),
  /** null: there is no past to try it on. */
  backtest: backtestSchema.nullable(),
})

export const outlookSchema = z.object({
  id: z.int(),
  runId: z.int(),
  regulation: z.string(),
  madeAt: z.iso.datetime(),
  /** Known periods, oldest first. */
  periods: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), runId: z.int() })),
  /** Periods ahead. */
  horizon: z.int(),
  backend: z.string(),
  seed: z.int(),
  /** How long it took. */
  seconds: z.number(),
  measures: z.array(measureSchema),
})
export type Outlook = z.output<typeof outlookSchema>

const subjectSchema = z.object({
  kind: z.enum(subjectKinds),
  /** A teacher or a unit; 0: the university. */
  subjectId: z.int(),
  /** null: a unit. */
  teacherId: z.int().nullable(),
  /** Of a teacher, as recorded; null: a unit. */
  name: z.string().nullable(),
  unitId: z.int().nullable(),
  /** Points in each known period; null: none. */
  past: z.array(z.number().nullable()),
  periods: z.int(),
  /** peers: what is known of peers, and the own past as far as there is one; both: together with the network; unit: members and own trend. */
  basis: z.enum(['peers', 'both', 'unit']),
  /** Step by step ahead. */
  mean: z.array(z.number()),
  lower80: z.array(z.number()),
  upper80: z.array(z.number()),
  lower95: z.array(z.number()),
  upper95: z.array(z.number()),
  /** First step less the newest period; null: no points in it. */
  change: z.number().nullable(),
})
export type Subject = z.output<typeof subjectSchema>

export const listOutlooks = defineRoute({
  method: 'GET',
  path: '/outlooks',
  summary: 'The newest outlook of each regulation, of runs that the asker may see',
  tag,
  action: 'result.read',
  response: z.object({ items: z.array(outlookSchema) }),
})

export const listSubjects = defineRoute({
  method: 'GET',
  path: '/outlooks/:id/subjects',
  summary:
    'Forecasts of teachers or units by the size of the change, as far as the asker may see their results',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params: z.object({ id: idSchema }),
  query: z.object({
    ...pageQuery,
    measure: z.string().max(60).default('total'),
    kind: z.enum(subjectKinds).default('department'),
    order: z.enum(['rise', 'fall', 'level']).default('level'),
  }),
  response: pageOf(subjectSchema),
})

export const listTeacherOutlook = defineRoute({
  method: 'GET',
  path: '/teachers/:teacherId',
  summary: 'What is forecast of one teacher, in every measure of the newest outlook of each regulation',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'params.teacherId' },
  params: z.object({ teacherId: idSchema }),
  response: z.object({
    items: z.array(z.object({ outlook: outlookSchema, measure: z.string(), subject: subjectSchema })),
  }),
})
