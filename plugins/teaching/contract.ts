import {
  decimalSchema,
  defineRoute,
  idSchema,
  importReportSchema,
  pageOf,
  pageQuery,
} from '@ustaz/core/contract'
import { z } from 'zod'
import { importKinds } from './imports/kind-names.ts'

export { importKinds } from './imports/kind-names.ts'

const tag = 'teaching'
const yearSchema = z.coerce.number().int().min(1900).max(2100)
const termSchema = z.coerce.number().int().min(1).max(3)

/** Why there is no result. `hidden`: fewer than 5 students, whose figures are shown to nobody. */
export const unknownReasons = ['hidden', 'no-norm', 'coverage', 'few-results', 'rise'] as const
export type UnknownReason = (typeof unknownReasons)[number]

export const resultSchema = z.object({
  teacherId: z.int(),
  teacher: z.string(),
  course: z.object({ id: z.int(), code: z.string(), title: z.string() }),
  year: z.int(),
  term: z.int(),
  enrolled: z.int(),
  /** Students with a grade. */
  students: z.int(),
  /** Means of grades in percent; null: unknown or hidden. */
  mean: decimalSchema.nullable(),
  normMean: decimalSchema.nullable(),
  normStudents: z.int(),
  /** Standard deviations of the course's grades above the norm, shrunken, with the ends of its 95 % interval; null: unknown, `unknown` says why. */
  result: decimalSchema.nullable(),
  low: decimalSchema.nullable(),
  high: decimalSchema.nullable(),
  unknown: z.enum(unknownReasons).nullable(),
  /** Part of the enrolled that it rests on, 0 to 1. */
  coverage: decimalSchema,
  /** Rose more than prior attainment and chance explain, whether or not it was accepted. */
  risen: z.boolean(),
})
export type Result = z.output<typeof resultSchema>

export const distributionSchema = z.object({
  /** First grade of ten steps: 0 to below 10, ..., 90 to 100. */
  from: z.int(),
  own: z.int(),
  norm: z.int(),
})

export const resultDetailSchema = resultSchema.extend({
  groups: z.int(),
  normGroups: z.int(),
  /** Parts and differences; null: unknown or hidden. */
  normByOthers: decimalSchema.nullable(),
  normDeviation: decimalSchema.nullable(),
  priorDifference: decimalSchema.nullable(),
  difference: decimalSchema.nullable(),
  standardError: decimalSchema.nullable(),
  /** Percents of the students whose value is known; null: fewer than 5. */
  shares: z.object({
    passed: decimalSchema.nullable(),
    good: decimalSchema.nullable(),
    excellent: decimalSchema.nullable(),
    retaken: decimalSchema.nullable(),
    attended: decimalSchema.nullable(),
  }),
  /** Ten steps; empty: hidden. The norm's are those it is made of; all 0 where the norm has fewer than 5 students. */
  distribution: z.array(distributionSchema),
  /** What was said last about a rise; null: nothing, or about another difference. */
  review: z
    .object({ accepted: z.boolean(), reason: z.string(), by: z.string(), at: z.iso.datetime() })
    .nullable(),
})
export type ResultDetail = z.output<typeof resultDetailSchema>

const resultKey = z.object({ teacher: idSchema, course: idSchema, year: yearSchema, term: termSchema })

export const listYears = defineRoute({
  method: 'GET',
  path: '/years',
  summary: 'Academic years with results, newest first',
  tag,
  action: 'teaching.read',
  response: z.object({ years: z.array(z.int()) }),
})

export const listResults = defineRoute({
  method: 'GET',
  path: '/results',
  summary:
    "Results of an academic year by teacher, course and term, against each course's own norm; a teacher sees own ones, a head those of the unit",
  tag,
  action: 'teaching.read',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  query: z.object({
    ...pageQuery,
    year: yearSchema,
    teacher: idSchema.optional(),
    /** Part of the course's code or title. */
    search: z.string().trim().max(100).optional(),
    /** true: only what awaits a look. */
    rises: z.stringbool().optional(),
  }),
  response: pageOf(resultSchema),
})

export const getResult = defineRoute({
  method: 'GET',
  path: '/results/:teacher/:course/:year/:term',
  summary: 'One result with distributions, shares and what it rests on',
  tag,
  action: 'teaching.read',
  about: { what: 'result', teachers: 'params.teacher' },
  params: resultKey,
  response: resultDetailSchema,
})

export const reviewResult = defineRoute({
  method: 'POST',
  path: '/results/:teacher/:course/:year/:term/review',
  summary: 'Say whether a rise that nothing explains may count, with the reason on record',
  tag,
  action: 'teaching.review',
  params: resultKey,
  body: z.object({ accepted: z.boolean(), reason: z.string().trim().min(1).max(2000) }),
  response: resultDetailSchema,
})

/** Of a person who maps columns: {"student": "Номер зачётки"}. */
const headingsSchema = z
  .string()
  .max(4000)
  .default('{}')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue('no JSON')
      return z.NEVER
    }
  })
  .pipe(z.record(z.string().max(40), z.string().min(1).max(300)))

const dryRun = z.stringbool().default(true)

/** An import on its way, or what has become of it. */
export const importOrderSchema = z.object({
  id: z.int(),
  kind: z.enum([...importKinds, 'moodle']),
  dryRun: z.boolean(),
  fileName: z.string(),
  /** Name of who asked for it. */
  by: z.string(),
  createdAt: z.iso.datetime(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** What is being done; null: it waits, or has ended. */
  stage: z.enum(['reading', 'comparing', 'writing', 'results']).nullable(),
  /** Part that is done, 0 to 1. */
  fraction: z.number().min(0).max(1),
  /** It is asked to stop, and will at its next step. */
  stops: z.boolean(),
  endedAt: z.iso.datetime().nullable(),
})
export type ImportOrder = z.output<typeof importOrderSchema>

export const importTable = defineRoute({
  method: 'POST',
  path: '/imports/:kind',
  summary:
    'Have courses, groups, their teachers, or enrolments with grades imported from CSV, XLSX or ODS; all or nothing',
  tag,
  action: 'teaching.import',
  multipart: true,
  params: z.object({ kind: z.enum(importKinds) }),
  body: z.object({ dryRun, headings: headingsSchema }),
  response: importOrderSchema,
})

export const importMoodle = defineRoute({
  method: 'POST',
  path: '/moodle',
  summary:
    "Have a group's grades imported from the gradebook that Moodle exports as CSV, XLSX or ODS in English, Russian or Kazakh; all or nothing",
  tag,
  action: 'teaching.import',
  multipart: true,
  body: z.object({
    dryRun,
    group: z.string().trim().min(1).max(64),
    studentBy: z.enum(['idnumber', 'email']).default('idnumber'),
    maximum: z.coerce.number().int().min(1).max(100_000).default(100),
    item: z.string().trim().min(1).max(300).optional(),
  }),
  response: importOrderSchema,
})

export const listImports = defineRoute({
  method: 'GET',
  path: '/import-orders',
  summary: 'Imports that were asked for, newest first',
  tag,
  action: 'teaching.import',
  query: z.object(pageQuery),
  response: pageOf(importOrderSchema),
})
export const getImport = defineRoute({
  method: 'GET',
  path: '/import-orders/:id',
  summary: 'How far an import is',
  tag,
  action: 'teaching.import',
  params: z.object({ id: idSchema }),
  response: importOrderSchema,
})
export const getImportReport = defineRoute({
  method: 'GET',
  path: '/import-orders/:id/report',
  summary: 'What came of an import, line by line; answers the problem where its file could not be taken',
  tag,
  action: 'teaching.import',
  params: z.object({ id: idSchema }),
  response: importReportSchema,
})
export const cancelImport = defineRoute({
  method: 'POST',
  path: '/import-orders/:id/cancellation',
  summary: 'Have an import stop: at once while it waits, at its next step while it is being worked on',
  tag,
  action: 'teaching.import',
  params: z.object({ id: idSchema }),
  response: importOrderSchema,
})

export const getHeadings = defineRoute({
  method: 'POST',
  path: '/headings',
  summary: 'The headings of a table, for a person to say which column is which; nothing is kept',
  tag,
  action: 'teaching.import',
  multipart: true,
  body: z.object({}),
  response: z.object({ headings: z.array(z.string()) }),
})

export const getTemplate = defineRoute({
  method: 'GET',
  path: '/imports/:kind/template',
  summary: 'An empty table with the columns an import expects, and one example line',
  tag,
  action: 'teaching.import',
  params: z.object({ kind: z.enum(importKinds) }),
  query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
