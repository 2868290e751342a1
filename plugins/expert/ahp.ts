import { UstazError } from '@ustaz/core/contract'
import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import type { Assessment } from './pairwise/assess.ts'
import { assess } from './pairwise/assess.ts'
import { combineJudgements } from './pairwise/combine.ts'
import { maxAreas } from './pairwise/consistency.ts'
import { judgement, toMatrix } from './pairwise/judgements.ts'
import { kendallW } from './pairwise/kendall-w.ts'

const params = z.strictObject({
  experts: z
    .array(z.strictObject({ name: z.string().min(1), judgements: z.array(judgement) }))
    .min(1)
    .refine((experts) => new Set(experts.map(({ name }) => name)).size === experts.length, 'names differ'),
  randomIndex: z.enum(['saaty-1980', 'saaty-later']).default('saaty-1980'),
  /** Greatest consistency ratio that is accepted, inclusive. */
  limit: z.number().min(0).max(1).default(0.1),
})
type Check = Pick<z.output<typeof params>, 'randomIndex' | 'limit'> & { areas: readonly string[] }

/**
 * Analytic hierarchy process (Saaty 1977, 1980): experts compare the areas in pairs; weights are the principal eigenvector of the
 * geometric mean of their judgements (Aczél & Saaty 1983). Each expert and the group must have a consistency ratio within `limit`,
 * else `expert.inconsistent`, which names the expert and the worst triad. `how`: the same for each expert and the group - weights,
 * lambda_max, CI, CR by both sets of random indices, the worst triad - and Kendall's W of the experts' orders (null: one expert).
 * Throws also `expert.areas-unknown`, `expert.pairs-twice`, `expert.pairs-missing`, `expert.too-many-areas`.
 */
export const ahp = defineWeighting({
  id: 'ahp',
  params,
  needs: 'nothing',
  weigh({ areas, params: { experts, randomIndex, limit } }) {
    if (areas.length > maxAreas)
      throw new UstazError('expert.too-many-areas', { params: { areas: areas.length, max: maxAreas } })
    const check = { areas, randomIndex, limit }
    const matrices = experts.map(({ name, judgements }) => toMatrix(name, areas, judgements))
    const own = matrices.map((matrix, index) => accept(check, experts[index]!.name, assess(matrix)))
    const group = accept(
      check,
      experts.map(({ name }) => name).join(', '),
      assess(combineJudgements(matrices)),
    )
    const how = {
      randomIndex,
      limit,
      ...shown(areas, group),
      kendallW: kendallW(own.map(({ weights }) => weights)),
      experts: own.map((assessment, index) => ({ name: experts[index]!.name, ...shown(areas, assessment) })),
    }
    return { weights: byArea(areas, group.weights), how }
  },
})

const byArea = (areas: readonly string[], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(areas.map((area, index) => [area, values[index]!]))

const namesOf = (areas: readonly string[], places: readonly number[]): string[] =>
  places.map((place) => areas[place]!)

function shown(areas: readonly string[], { weights, worstTriad, ...numbers }: Assessment) {
  const triad = worstTriad && {
    areas: namesOf(areas, worstTriad.places),
    inconsistency: worstTriad.inconsistency,
  }
  return { weights: byArea(areas, weights), ...numbers, worstTriad: triad }
}

function accept({ areas, randomIndex, limit }: Check, expert: string, assessment: Assessment): Assessment {
  const ratio = assessment.consistencyRatio[randomIndex]
  if (ratio <= limit) return assessment
  throw new UstazError('expert.inconsistent', {
    params: {
      expert,
      ratio: Number(ratio.toFixed(3)),
      limit,
      triad: namesOf(areas, assessment.worstTriad?.places ?? []),
    },
  })
}
