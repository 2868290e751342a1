import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { readColumns } from './columns.ts'
import { correlation, deviation, minMax, sum } from './numbers.ts'
import { byArea, toWeights } from './to-weights.ts'

/**
 * CRITIC (Diakoulaki, Mavrotas & Papayannakis 1995, Computers & Operations Research 22(7)): an area counts by its contrast and by
 * what the other areas do not already say: points onto 0..1 from least to greatest, C_j = s_j sum_k (1 - r_jk), w_j = C_j / sum C,
 * with s the standard deviation and r Pearson's correlation. Rows with an unknown value are left out; a constant area weighs 0 and
 * its correlations, which are undefined, are left out of the sums. Throws `statistical.too-few-rows`, and
 * `statistical.no-information` when all areas say the same (every correlation is 1).
 */
export const critic = defineWeighting({
  id: 'critic',
  params: z.strictObject({}),
  needs: 'scores',
  weigh({ areas, scores }) {
    const { columns, counted } = readColumns(scores)
    const scaled = columns.map(minMax)
    const deviations = scaled.map(deviation)
    const correlations = scaled.map((a) => scaled.map((b) => correlation(a, b)))
    const information = deviations.map(
      (s, index) => s * sum(correlations[index]!.map((r) => (r === null ? 0 : 1 - r))),
    )
    const how = {
      ...counted,
      deviations: byArea(areas, deviations),
      correlations: byArea(
        areas,
        correlations.map((row) => byArea(areas, row)),
      ),
      information: byArea(areas, information),
    }
    return { weights: toWeights(areas, information), how }
  },
})
