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
  /** Of teachers; null: there is no past to try it on. */
  backtest: backtestSchema.nullable(),
  /** Of units by their kind, each null as above; null: the outlook is older than their trial. */
  unitBacktests: z
    .object({
      department: backtestSchema.nullable(),
      faculty: backtestSchema.nullable(),
      university: backtestSchema.nullable(),
    })
    .nullable(),
})

export const cardSchema = z.object({
  regulation: z.string(),
  runId: z.int(),
  madeAt: z.iso.datetime(),
  horizon: z.int(),
  seed: z.int(),
  seconds: z.number(),
  software: z.object({ backend: z.string(), tensorflow: z.string(), node: z.string() }),
  data: z.object({
    /** Runs that were read, oldest first, with the hash of their results. */
    periods: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), runId: z.int(), hash: z.string() })),
    teachers: z.int(),
    departments: z.int(),
    faculties: z.int(),
  }),
  methods: z.object({
    pool: z.array(z.string()),
    network: z.object({ seed: z.int(), networks: z.int(), epochs: z.int() }),
  }),
  measures: z.array(
    z.object({
      id: z.string(),
      title: localizedTextSchema.nullable(),
      people: z.int(),
      /** Those whose history was long enough for the network. */
      byNetwork: z.int(),
      backtest: backtestSchema.nullable(),
      /** Standard deviations that the 80 and 95 % intervals reach; from: outcomes that it was learned from, 0: none. */
      reach: z.object({ inner: z.number(), outer: z.number(), from: z.int() }),
    }),
  ),
})
export type ModelCard = z.output<typeof cardSchema>

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

const driverSchema = z.object({
  /** null: what the total has beside its areas, such as norms and limits. */
  area: z.string().nullable(),
  title: localizedTextSchema.nullable(),
  /** Points in the newest period. */
  last: z.number(),
  /** Step by step ahead, made to add up to the total. */
  expected: z.array(z.number()),
  /** Step by step, since the newest period; together the change of the total. */
  change: z.array(z.number()),
  /** Of units: the clauses of the area; their changes are together that of the area. */
  clauses: z.array(
    z.object({
      clause: z.string(),
      title: localizedTextSchema,
      last: z.number(),
      change: z.array(z.number()),
    }),
  ),
})
export type Driver = z.output<typeof driverSchema>

const driversSchema = z.object({
  kind: z.enum(subjectKinds),
  subjectId: z.int(),
  teacherId: z.int().nullable(),
  /** The total in the newest period; null: there is none, and nothing to explain. */
  last: z.number().nullable(),
  parts: z.array(driverSchema),
})
export type Drivers = z.output<typeof driversSchema>

export const listOutlooks = defineRoute({
  method: 'GET',
  path: '/outlooks',
  summary: 'The newest outlook of each regulation, of runs that the asker may see',
  tag,
  action: 'result.read',
  response: z.object({ items: z.array(outlookSchema) }),
})

export const getCard = defineRoute({
  method: 'GET',
  path: '/outlooks/:id/card',
  summary: 'What an outlook was made from and by, and how well that did on the past',
  tag,
  action: 'result.read',
  params: z.object({ id: idSchema }),
  /** null: the outlook is older than cards are. */
  response: z.object({ card: cardSchema.nullable() }),
})

export const downloadCard = defineRoute({
  method: 'GET',
  path: '/outlooks/:id/card/file',
  summary: 'The same as a file of JSON',
  tag,
  action: 'result.read',
  params: z.object({ id: idSchema }),
  produces: ['application/json'],
})

const subjectQuery = z.object({
  measure: z.string().max(60).default('total'),
  kind: z.enum(subjectKinds).default('department'),
  order: z.enum(['rise', 'fall', 'level']).default('level'),
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
  query: subjectQuery.extend(pageQuery),
  response: pageOf(subjectSchema),
})

export const exportSubjects = defineRoute({
  method: 'GET',
  path: '/outlooks/:id/export',
  summary: 'The same, whole, as CSV or XLSX: past and expected points with their intervals',
  tag,
  action: 'result.read',
  about: { what: 'export', everybody: true },
  params: z.object({ id: idSchema }),
  query: subjectQuery.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})

export const listTeacherOutlook = defineRoute({
  method: 'GET',
  path: '/teachers/:teacherId',
  summary: 'What is forecast of one teacher, in every measure of the newest outlook of each regulation',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'answer.items.*.subject.teacherId' },
  params: z.object({ teacherId: idSchema }),
  response: z.object({
    items: z.array(z.object({ outlook: outlookSchema, measure: z.string(), subject: subjectSchema })),
  }),
})

export const getDrivers = defineRoute({
  method: 'GET',
  path: '/outlooks/:id/drivers',
  summary: 'By which areas, and in units by which clauses, the total of a subject is expected to change',
  tag,
  action: 'result.read',
  about: { what: 'result', teachers: 'answer.teacherId' },
  params: z.object({ id: idSchema }),
  query: z.object({ kind: z.enum(subjectKinds), subjectId: z.coerce.number().int().min(0) }),
  response: driversSchema,
})

const countOfEntries = z.int().min(0)
const yearSoFarSchema = z.object({
  kind: z.enum(subjectKinds),
  subjectId: z.int(),
  teacherId: z.int().nullable(),
  on: z.iso.date(),
  /** Days since the year began; 0: its first day. */
  day: z.int().min(0),
  /** entered: what was entered by that day; dated: what is dated by it, where most was brought in afterwards. */
  basis: z.enum(['entered', 'dated']),
  /** Oldest first, those with any entry; the last is the year asked about. */
  years: z.array(
    z.object({
      from: z.iso.date(),
      to: z.iso.date(),
      /** By the same day. */
      standing: countOfEntries,
      /** In the end; null: it is not over. */
      final: countOfEntries.nullable(),
      /** By the end of each week. */
      weeks: z.array(countOfEntries),
    }),
  ),
  /** Entries of the whole year with the 80 and 95 % intervals; null: `refusal` says why not. */
  projection: z
    .object({
      mean: z.number(),
      lower80: z.number(),
      upper80: z.number(),
      lower95: z.number(),
      upper95: z.number(),
    })
    .nullable(),
  refusal: z.enum(['few-years', 'too-early']).nullable(),
  /** Share of a year's entries that was entered in each of its weeks, mean of the earlier years; null: that is not known. */
  peaks: z.array(share).nullable(),
  /** Entries begun in this year that have no date and are not counted. */
  undated: z.array(z.object({ indicator: z.string(), count: countOfEntries })),
})
export type YearSoFar = z.output<typeof yearSoFarSchema>

export const getYearSoFar = defineRoute({
  method: 'GET',
  path: '/year',
  summary:
    'Where the evidence of a year stands against the same day in earlier years, and what the whole year may have',
  tag,
  action: 'result.read',
  about: { what: 'evidence', teachers: 'answer.teacherId' },
  query: z.object({
    kind: z.enum(subjectKinds),
    subjectId: z.coerce.number().int().min(0).default(0),
    on: z.iso.date().optional(),
  }),
  response: yearSoFarSchema,
})

export * from './sorting/contract.ts'
