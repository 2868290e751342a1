import { z } from 'zod'

const times = z.int().min(1).max(9)
const areaId = z.string().min(1).max(200)
const comparisons = z.record(areaId, times)

/** One comparison on Saaty's scale: `area` is `times` as important as `over`, 1..9. */
export const pairSchema = z.strictObject({ area: areaId, over: areaId, times })
export type Pair = z.output<typeof pairSchema>

const pairsSchema = z.strictObject({ method: z.literal('ahp'), judgements: z.array(pairSchema).max(105) })

const bestWorstSchema = z.strictObject({
  method: z.literal('best-worst'),
  /** null: not named yet. */
  best: areaId.nullable(),
  worst: areaId.nullable(),
  bestToOthers: comparisons,
  othersToWorst: comparisons,
})

/** What an expert has answered so far, whole or with gaps. */
export const answerSchema = z.discriminatedUnion('method', [pairsSchema, bestWorstSchema])
export type Answer = z.output<typeof answerSchema>
export type PairsAnswer = z.output<typeof pairsSchema>
export type BestWorstAnswer = z.output<typeof bestWorstSchema>

/** A sheet nobody has written on. */
export function emptyAnswer(method: Answer['method']): Answer {
  return method === 'ahp'
    ? { method, judgements: [] }
    : { method, best: null, worst: null, bestToOthers: {}, othersToWorst: {} }
}
