import { UstazError } from '@ustaz/core/contract'
import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { readColumns } from './columns.ts'
import { eigenPairs } from './eigen.ts'
import { correlation, isConstant, sum } from './numbers.ts'
import { byArea, toWeights } from './to-weights.ts'

/** Below this an eigenvalue counts as under 1: rounding must not decide whether a component is kept. */
const kept = 1 - 1e-9

/**
 * Principal components of the correlation matrix (Pearson 1901, Hotelling 1933). Kept are the components with an eigenvalue of at
 * least 1 (Kaiser 1960); an area's amount is its communality h_j = sum_k l_k v_jk^2 over them, w_j = h_j / sum h. This is the
 * weighting by squared loadings and explained variance of the OECD/JRC Handbook on Constructing Composite Indicators (2008), 6.1,
 * without its last step, the grouping of indicators by rotated factor; communalities are the same before and after a rotation.
 * Rows with an unknown value are left out. Constant areas have no correlation and are refused with `statistical.constant`.
 * Throws also `statistical.too-few-rows`. It weighs what areas share, so an area unlike all others may weigh next to nothing.
 */
export const pca = defineWeighting({
  id: 'pca',
  params: z.strictObject({}),
  needs: 'scores',
  weigh({ areas, scores }) {
    const { columns, counted } = readColumns(scores)
    const constant = areas.filter((_, index) => isConstant(columns[index]!))
    if (constant.length > 0) throw new UstazError('statistical.constant', { params: { areas: constant } })
    const pairs = eigenPairs(columns.map((a) => columns.map((b) => correlation(a, b) ?? 0)))
    const components = pairs.filter(({ value }) => value >= kept)
    const communalities = areas.map((_, j) =>
      sum(components.map(({ value, vector }) => value * vector[j]! ** 2)),
    )
    const how = {
      ...counted,
      eigenvalues: pairs.map(({ value }) => value),
      componentsKept: components.length,
      explained: sum(components.map(({ value }) => value)) / areas.length,
      communalities: byArea(areas, communalities),
    }
    return { weights: toWeights(areas, communalities), how }
  },
})
