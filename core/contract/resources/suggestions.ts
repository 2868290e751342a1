import { z } from 'zod'
import { defineRoute } from '../route.ts'

export const answerSuggestion = defineRoute({
  method: 'POST',
  path: '/suggestions/answers',
  summary: 'Counts that a suggestion was shown, taken or declined; not by whom, nor about what',
  tag: 'evidence',
  action: 'evidence.read',
  body: z.object({
    /** What the suggestion was of, as it said. */
    task: z.string().max(300),
    answer: z.enum(['shown', 'taken', 'declined']),
    /** How many at once. */
    count: z.int().min(1).max(10_000).default(1),
  }),
})
