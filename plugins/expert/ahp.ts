import { UstazError } from '@ustaz/core/contract'
import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import type { Assessment } from './pairwise/assess.ts'
import { assess } from './pairwise/assess.ts'
import { combineJudgements } from './pairwise/combine.ts'
import { maxAreas, randomIndexSets } from './pairwise/consistency.ts'
import { judgement, toMatrix } from './pairwise/judgements.ts'
import { kendallW } from './pairwise/kendall-w.ts'
import { differentNames, whenInconsistent } from './several-experts.ts'

const params = z.strictObject({
  experts: differentNames(z.strictObject({ name: z.string().min(1), judgements: z.array(judgement) })),
  randomIndex: z.enum(randomIndexSets).default('saaty-1980'),
  /** Greatest consistency ratio that is accepted, inclusive. */
  limit: z.number().min(0).max(1).default(0.1),
  whenInconsistent,
})
export type AhpParams = z.output<typeof params>
type Check = Pick<AhpParams, 'randomIndex' | 'limit'> & { areas: readonly string[] }

/**
 * Analytic hierarchy process (Saaty 1977, 1980): experts compare the areas in pairs; weights are the principal eigenvector of the
 * geometric mean of their judgements (Aczél & Saaty 1983). Where an expert or the group has a consistency ratio above `limit`, it is
 * refused (`expert.inconsistent`, which names the expert and the worst triad) or, by `whenInconsistent: warn`, only said in
 * `how.warnings`. `how`: the same for each expert and the group - weights, lambda_max, CI, CR by each set of random indices, the
 * worst triad - and Kendall's W of the experts' orders (null: one expert).
 * Throws also `expert.areas-unknown`, `expert.pairs-twice`, `expert.pairs-missing`, `expert.too-many-areas`.
 */
export const ahp = defineWeighting({
  id: 'ahp',
  params,
  needs: 'nothing',
  weigh: ({ areas, params: given }) => weighAhp(areas, given),
})

export function weighAhp(areas: readonly string[], given: AhpParams) {
  const { experts, randomIndex, limit, whenInconsistent: reaction } = given
  if (areas.length > maxAreas)
    throw new UstazError('expert.too-many-areas', { params: { areas: areas.length, max: maxAreas } })
  const matrices = experts.map(({ name, judgements }) => toMatrix(name, areas, judgements))
  const own = matrices.map((matrix, index) => ({ name: experts[index]!.name, assessment: assess(matrix) }))
  const everybody = experts.map(({ name }) => name).join(', ')
  const group = { name: everybody, assessment: assess(combineJudgements(matrices)) }
  const contradictions = [...own, ...(own.length > 1 ? [group] : [])].flatMap((one) =>
    contradictionOf({ areas, randomIndex, limit }, one),
  )
  if (reaction === 'refuse' && contradictions[0])
    throw new UstazError('expert.inconsistent', { params: contradictions[0] })
  const how = {
    randomIndex,
    limit,
    ...shown(areas, group.assessment),
    kendallW: kendallW(own.map(({ assessment }) => assessment.weights)),
    experts: own.map(({ name, assessment }) => ({ name, ...shown(areas, assessment) })),
    warnings: contradictions,
  }
  return { weights: byArea(areas, group.assessment.weights), how }
}

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

function contradictionOf(
  { areas, randomIndex, limit }: Check,
  { name, assessment }: { name: string; assessment: Assessment },
) {
  const ratio = assessment.consistencyRatio[randomIndex]
  if (ratio <= limit) return []
  const triad = namesOf(areas, assessment.worstTriad?.places ?? [])
  return [{ expert: name, ratio: Number(ratio.toFixed(3)), limit, triad }]
}
