import { z } from 'zod'

/** Texts of what students read: in all three languages. */
export const wordsSchema = z.object({
  kk: z.string().trim().min(1).max(300),
  ru: z.string().trim().min(1).max(300),
  en: z.string().trim().min(1).max(300),
})
export type Words = z.infer<typeof wordsSchema>

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const base = { id, text: wordsSchema }
const optionSchema = z.object({ id, text: wordsSchema })
const options = z
  .array(optionSchema)
  .min(2)
  .max(20)
  .refine(
    (all) => new Set(all.map((option) => option.id)).size === all.length,
    'ids of options are there twice',
  )

/** Steps of a scale, lowest and highest number. */
export const scaleSteps = { min: 2, max: 10 } as const
/** Signs of a written answer. */
export const longestText = 1000

export const questionSchema = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('scale'),
    /** 1 is the low end. */
    steps: z.int().min(scaleSteps.min).max(scaleSteps.max),
    low: wordsSchema,
    high: wordsSchema,
    /** Whole number: how much it counts in the score, beside the others. 0: it does not. */
    weight: z.int().min(0).max(100),
  }),
  z.object({ ...base, kind: z.literal('choice'), options }),
  z.object({ ...base, kind: z.literal('choices'), options }),
  z.object({ ...base, kind: z.literal('text') }),
])
export type Question = z.infer<typeof questionSchema>

export const questionsSchema = z
  .array(questionSchema)
  .min(1)
  .max(60)
  .refine(
    (all) => new Set(all.map((question) => question.id)).size === all.length,
    'ids of questions are there twice',
  )
