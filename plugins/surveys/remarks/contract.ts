import { defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { wordsSchema } from '../questions/question.ts'
import { remarkStates } from '../tables.ts'

const tag = 'surveys'
const params = z.object({ id: idSchema })

export const listOwnRemarks = defineRoute({
  method: 'GET',
  path: '/closed/:id/remarks',
  summary: 'What students wrote to the asker and a reviewer let through',
  tag,
  action: 'survey.comments',
  params,
  response: z.object({ items: z.array(z.object({ question: wordsSchema, text: z.string() })) }),
})

export const remarkSchema = z.object({
  id: z.uuid(),
  campaign: wordsSchema,
  question: wordsSchema,
  text: z.string(),
  state: z.enum(remarkStates),
})
export type Remark = z.output<typeof remarkSchema>

export const listRemarks = defineRoute({
  method: 'GET',
  path: '/remarks',
  summary: 'What students wrote and nobody has looked at yet, in random order and without the teacher’s name',
  tag,
  action: 'survey.review',
  query: z.object({ ...pageQuery }),
  response: pageOf(remarkSchema),
})

export const decideRemark = defineRoute({
  method: 'POST',
  path: '/remarks/:id',
  summary: 'Let a text through, with what could betray somebody masked, or withhold it',
  tag,
  action: 'survey.review',
  params: z.object({ id: z.uuid() }),
  body: z.object({
    decision: z.enum(['shown', 'withheld']),
    /** As it shall be read; what was masked is kept nowhere. */
    text: z.string().trim().min(1).max(2000),
  }),
  response: remarkSchema,
})
