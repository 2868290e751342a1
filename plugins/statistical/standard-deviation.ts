import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { readColumns } from './columns.ts'
import { deviation, minMax } from './numbers.ts'
import { byArea, toWeights } from './to-weights.ts'

/**
 * Standard deviation: an area counts the more, the more its points set teachers apart: w_j = s_j / sum s (Jahan & Edwards 2013,
 * Materials & Design 49; Diakoulaki, Mavrotas & Papayannakis 1995). `normalisation`: min-max brings each area's points onto 0..1
 * first, as in those works, so that weights do not depend on the scale of an area; `none` takes the points as they are. Rows with
 * an unknown value are left out; a constant area weighs 0. Throws `statistical.too-few-rows`, `statistical.no-information`.
 */
export const standardDeviation = defineWeighting({
  id: 'standard-deviation',
  params: z.strictObject({ normalisation: z.enum(['min-max', 'none']).default('min-max') }),
  needs: 'scores',
  weigh({ areas, scores, params: { normalisation } }) {
    const { columns, counted } = readColumns(scores)
    const used = normalisation === 'none' ? columns : columns.map(minMax)
    const deviations = used.map(deviation)
    return {
      weights: toWeights(areas, deviations),
      how: { ...counted, deviations: byArea(areas, deviations) },
    }
  },
})
