import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { demand, readColumns } from './columns.ts'
import { isConstant, sum } from './numbers.ts'
import { byArea, toWeights } from './to-weights.ts'

/**
 * MEREC (Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene 2021, Symmetry 13(4) 525, steps 2-6): an area counts by
 * how much results change when it is removed. For areas where more is better n_ij = min_i x_ij / x_ij;
 * S_i = ln(1 + (1/n) sum_j |ln n_ij|); S'_ij the same sum without area j, still divided by n; E_j = sum_i |S'_ij - S_i|;
 * w_j = E_j / sum E. Rows with an unknown value are left out; a constant area weighs 0. The method needs points above 0, and a
 * shift would change the weights: others are refused with `statistical.not-positive`. Throws also `statistical.too-few-rows`,
 * `statistical.no-information`.
 */
export const merec = defineWeighting({
  id: 'merec',
  params: z.strictObject({}),
  needs: 'scores',
  weigh({ areas, scores }) {
    const { columns, counted } = readColumns(scores)
    demand('statistical.not-positive', areas, columns, (value) => value > 0)
    const distances = columns.map(logDistances)
    const removal = removalEffects(distances)
    return { weights: toWeights(areas, removal), how: { ...counted, removalEffects: byArea(areas, removal) } }
  },
})

/** |ln n_ij| of one area: the logarithm of how many times the least value a value is. */
function logDistances(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b))
  return values.map((value) => (isConstant(values) ? 0 : Math.log(value / least)))
}

function removalEffects(distances: readonly (readonly number[])[]): number[] {
  const n = distances.length
  const totals = distances[0]!.map((_, row) => sum(distances.map((column) => column[row]!)))
  return distances.map((column) =>
    sum(
      column.map((own, row) => Math.abs(Math.log1p((totals[row]! - own) / n) - Math.log1p(totals[row]! / n))),
    ),
  )
}
