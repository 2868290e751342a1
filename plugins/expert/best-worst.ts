import { UstazError } from '@ustaz/core/contract'
import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { assessBestWorst } from './best-worst/assess.ts'
import { comparisonsOf, comparisonsSchema } from './best-worst/comparisons.ts'
import { kendallW } from './pairwise/kendall-w.ts'
import { differentNames, whenInconsistent } from './several-experts.ts'

const params = z.strictObject({
  experts: differentNames(comparisonsSchema.extend({ name: z.string().min(1) })),
  whenInconsistent,
})
export type BestWorstParams = z.output<typeof params>

/**
 * Best-worst method, linear model (Rezaei 2015, Omega 53; 2016, Omega 64): each expert names the best and the worst area and compares
 * the others with these two only, 2n - 3 judgements on the scale 1..9. Several experts count by the arithmetic mean of their weights
 * (aggregation of individual priorities, Forman & Peniwati 1998): they may have named different areas, so judgements cannot be
 * combined. An input-based consistency ratio above the threshold of Liang, Brunelli & Rezaei (2020) is refused
 * (`expert.best-worst-inconsistent`) or, by `whenInconsistent: warn`, only said in `how.warnings`. `how`: of each expert the weights,
 * xi (in the linear model itself a measure of inconsistency, 0: none), the ratio, its threshold (null: none published) and the area
 * that contradicts most; Kendall's W of the experts' orders (null: one expert).
 * Throws also `expert.best-is-worst`, `expert.areas-differ` when comparisons and areas do not fit.
 */
export const bestWorst = defineWeighting({
  id: 'best-worst',
  params,
  needs: 'nothing',
  weigh: ({ areas, params: given }) => weighBestWorst(areas, given),
})

export function weighBestWorst(
  areas: readonly string[],
  { experts, whenInconsistent: reaction }: BestWorstParams,
) {
  const own = experts.map((expert) => {
    const { weights, ...numbers } = assessBestWorst(areas, comparisonsOf(expert.name, areas, expert))
    return { name: expert.name, best: expert.best, worst: expert.worst, weights, ...numbers }
  })
  const contradictions = own.flatMap(({ name, ratio, threshold, worstArea, acceptable }) =>
    acceptable === false
      ? [{ expert: name, ratio: Number(ratio.toFixed(4)), threshold, area: worstArea }]
      : [],
  )
  if (reaction === 'refuse' && contradictions[0])
    throw new UstazError('expert.best-worst-inconsistent', { params: contradictions[0] })
  const mean = (area: string) => own.reduce((sum, { weights }) => sum + weights[area]!, 0) / own.length
  const how = {
    kendallW: kendallW(own.map(({ weights }) => areas.map((area) => weights[area]!))),
    experts: own,
    warnings: contradictions,
  }
  return { weights: Object.fromEntries(areas.map((area) => [area, mean(area)])), how }
}
