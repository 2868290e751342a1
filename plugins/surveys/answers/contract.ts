import { defineRoute, idSchema } from '@ustaz/core/contract'
import { z } from 'zod'
import { linkedSchema } from '../campaigns/contract.ts'
import { questionsSchema, wordsSchema } from '../questions/question.ts'

const tag = 'surveys'
const moment = z.iso.datetime()

const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

export const openedSurveySchema = z.object({
  state: z.enum(['open', 'used', 'early', 'over']),
  title: wordsSchema,
  /** What one person says of these teachers is kept together; null: it is not. */
  linked: linkedSchema.nullable(),
  /** Whom the link is about; several only where answers are linked. */
  about: z.array(z.object({ id: z.int(), teacher: z.string(), course: z.string(), group: z.string() })),
  closesAt: moment,
  threshold: z.int(),
  questions: questionsSchema,
})
export type OpenedSurvey = z.output<typeof openedSurveySchema>

export const openSurvey = defineRoute({
  method: 'POST',
  path: '/open',
  summary: 'What is asked by a link; the link stands in the body, so that no log has it',
  tag,
  action: 'survey.answer',
  crowd: true,
  body: z.object({ token: tokenSchema }),
  response: openedSurveySchema,
})

const answerSchema = z.record(
  z.string().max(40),
  z.union([z.int(), z.string().max(4000), z.array(z.string().max(40)).max(20)]),
)
const sending = { token: tokenSchema, answerId: z.uuid() }

export const sendAnswer = defineRoute({
  method: 'POST',
  path: '/answers',
  summary:
    'Answer by a link, once: about its teacher, or where answers are linked about its teachers; the same again with the same number of the answer is harmless',
  tag,
  action: 'survey.answer',
  crowd: true,
  body: z.union([
    z.object({ ...sending, answer: answerSchema }),
    z.object({
      ...sending,
      answers: z
        .array(z.object({ about: idSchema, answer: answerSchema }))
        .min(1)
        .max(100),
    }),
  ]),
  response: z.object({ received: z.literal(true) }),
})
