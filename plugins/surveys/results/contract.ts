import { daySchema, decimalSchema, defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { questionsSchema, wordsSchema } from '../questions/question.ts'

const tag = 'surveys'
const params = z.object({ id: idSchema })

export const noMedianReasons = ['no-unit', 'few-teachers'] as const

const questionResultSchema = z.object({
  question: z.string(),
  answers: z.int(),
  counts: z.array(z.int()),
})

export const teacherResultSchema = z.object({
  campaignId: z.int(),
  title: wordsSchema,
  periodTo: daySchema,
  teacherId: z.int(),
  teacher: z.string(),
  students: z.int(),
  threshold: z.int(),
  /** null, as all that follows: fewer than the threshold answered. */
  answers: z.int().nullable(),
  /** 0 to 100: mean of the scales by their weights; null also: no scale counts. */
  score: decimalSchema.nullable(),
  shrunken: decimalSchema.nullable(),
  low: decimalSchema.nullable(),
  high: decimalSchema.nullable(),
  /** Why there is no median: no post on the last day of the period, or too few teachers of the unit with a result; null: there is one. */
  noMedian: z.enum(noMedianReasons).nullable(),
  /** Of the teachers' scores of the same unit. */
  unitMedian: decimalSchema.nullable(),
  /** corrected: for how strictly the students judge who answered. too-few: too little was linked to do so. null: answers were not linked. */
  linked: z.enum(['corrected', 'too-few']).nullable(),
})
export type TeacherResult = z.output<typeof teacherResultSchema>

export const partSchema = z.object({
  /** Several: they are shown together, each alone has too few answers. */
  cells: z.array(z.object({ course: z.string(), group: z.string() })),
  students: z.int(),
  answers: z.int(),
  score: decimalSchema.nullable(),
  questions: z.array(questionResultSchema),
})

export const resultDetailSchema = teacherResultSchema.extend({
  asked: questionsSchema,
  questions: z.array(questionResultSchema),
  parts: z.array(partSchema),
})
export type ResultDetail = z.output<typeof resultDetailSchema>

/** One of a teacher's surveys beside the one before it and the department. */
export const yearSchema = teacherResultSchema
  .pick({
    campaignId: true,
    title: true,
    periodTo: true,
    students: true,
    threshold: true,
    answers: true,
    score: true,
    shrunken: true,
    low: true,
    high: true,
    noMedian: true,
    unitMedian: true,
  })
  .extend({
    /** null: it is the first one with a score, or has none itself. */
    change: z
      .object({
        /** Id of the survey before. */
        from: z.int(),
        difference: decimalSchema,
        /** As much as chance brings to either side, in 95 of 100 cases. */
        margin: decimalSchema,
        verdict: z.enum(['higher', 'lower', 'noise']),
        otherQuestions: z.boolean(),
      })
      .nullable(),
    /** Where the interval lies beside the median; null: one of them is not known. */
    beside: z.enum(['above', 'below', 'within']).nullable(),
  })
export type Year = z.output<typeof yearSchema>

export const listClosed = defineRoute({
  method: 'GET',
  path: '/closed',
  summary: 'Campaigns with results, newest first',
  tag,
  action: 'survey.results',
  response: z.object({ items: z.array(z.object({ id: z.int(), title: wordsSchema, periodTo: daySchema })) }),
})

export const listResults = defineRoute({
  method: 'GET',
  path: '/closed/:id/results',
  summary: 'Results of a closed campaign: one’s own, or of those whom the asker’s rights reach',
  tag,
  action: 'survey.results',
  about: { what: 'result', teachers: 'answer.items.*.teacherId' },
  params,
  query: z.object({ ...pageQuery, search: z.string().trim().max(80).default('') }),
  response: pageOf(teacherResultSchema),
})

export const getResult = defineRoute({
  method: 'GET',
  path: '/closed/:id/results/:teacher',
  summary: 'One teacher’s result of a closed campaign: distributions, groups, years',
  tag,
  action: 'survey.results',
  about: { what: 'result', teachers: 'params.teacher' },
  params: z.object({ id: idSchema, teacher: idSchema }),
  response: resultDetailSchema,
})

export const listYears = defineRoute({
  method: 'GET',
  path: '/teachers/:teacher/years',
  summary: 'One teacher’s closed campaigns, oldest first, each beside the one before it and the department',
  tag,
  action: 'survey.results',
  about: { what: 'result', teachers: 'params.teacher' },
  params: z.object({ teacher: idSchema }),
  response: z.object({ teacher: z.string(), items: z.array(yearSchema) }),
})
