import { defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { questionsSchema, wordsSchema } from './question.ts'

const tag = 'surveys'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

export const questionnaireSchema = z.object({
  id: z.int(),
  code: z.string(),
  title: wordsSchema,
  versions: z.array(z.object({ id: z.int(), number: z.int(), fixedAt: moment.nullable() })),
})
export type Questionnaire = z.output<typeof questionnaireSchema>

export const versionSchema = z.object({
  id: z.int(),
  number: z.int(),
  /** null: no campaign asks it, and it may be changed. */
  fixedAt: moment.nullable(),
  questionnaire: z.object({ id: z.int(), code: z.string(), title: wordsSchema }),
  questions: questionsSchema,
})
export type Version = z.output<typeof versionSchema>

export const listQuestionnaires = defineRoute({
  method: 'GET',
  path: '/questionnaires',
  summary: 'Questionnaires with their versions, newest version first',
  tag,
  action: 'survey.read',
  query: z.object({ ...pageQuery }),
  response: pageOf(questionnaireSchema),
})

export const createQuestionnaire = defineRoute({
  method: 'POST',
  path: '/questionnaires',
  summary: 'A questionnaire with its first version',
  tag,
  action: 'survey.manage',
  body: z.object({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    title: wordsSchema,
    questions: questionsSchema,
  }),
  response: versionSchema,
})

export const getVersion = defineRoute({
  method: 'GET',
  path: '/versions/:id',
  summary: 'The questions of a version, with what each weighs',
  tag,
  action: 'survey.read',
  params,
  response: versionSchema,
})

export const changeVersion = defineRoute({
  method: 'PUT',
  path: '/versions/:id',
  summary: 'Put other questions in place of those of a version that no campaign asks yet',
  tag,
  action: 'survey.manage',
  params,
  body: z.object({ questions: questionsSchema }),
  response: versionSchema,
})

export const addVersion = defineRoute({
  method: 'POST',
  path: '/questionnaires/:id/versions',
  summary: 'A new version with the questions of the newest one, to be changed',
  tag,
  action: 'survey.manage',
  params,
  response: versionSchema,
})
