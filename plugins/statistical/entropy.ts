import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { demand, readColumns } from './columns.ts'
import { isConstant, sum } from './numbers.ts'
import { byArea, toWeights } from './to-weights.ts'

/**
 * Entropy (Shannon 1948; as weights Hwang & Yoon 1981, ch. 3; Elsayed, Dawood & Karthikeyan 2017): p_ij = x_ij / sum_i x_ij,
 * E_j = -(1 / ln m) sum_i p_ij ln p_ij, w_j = (1 - E_j) / sum (1 - E). A point of 0 adds 0 (the limit of p ln p). Rows with an
 * unknown value are left out; a constant area, one of zeros too, has E = 1 and weighs 0. The weights do not change when an area's
 * points are multiplied, but do when a number is added to them, so points are never shifted: negative ones are refused with
 * `statistical.negative`. Throws also `statistical.too-few-rows`, `statistical.no-information`.
 */
export const entropy = defineWeighting({
  id: 'entropy',
  params: z.strictObject({}),
  needs: 'scores',
  weigh({ areas, scores }) {
    const { columns, counted } = readColumns(scores)
    demand('statistical.negative', areas, columns, (value) => value >= 0)
    const entropies = columns.map(entropyOf)
    const weights = toWeights(
      areas,
      entropies.map((value) => 1 - value),
    )
    return { weights, how: { ...counted, entropy: byArea(areas, entropies) } }
  },
})

/** 0..1; within 1e-12 of 1 it is 1, for less is lost in rounding. */
function entropyOf(values: readonly number[]): number {
  if (isConstant(values)) return 1
  const total = sum(values)
  const terms = values.map((value) => (value === 0 ? 0 : -(value / total) * Math.log(value / total)))
  const found = sum(terms) / Math.log(values.length)
  return found > 1 - 1e-12 ? 1 : found
}
