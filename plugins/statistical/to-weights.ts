import { UstazError } from '@ustaz/core/contract'
import { sum } from './numbers.ts'

/** One value per area, by id: for weights and for what `how` shows. */
export const byArea = <Value>(areas: readonly string[], values: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(areas.map((area, index) => [area, values[index]!]))

/**
 * Shares of the amounts of information found in the areas (each >= 0); an only area weighs 1. Throws UstazError
 * `statistical.no-information` when there is none in any area: nothing then speaks for one weight or another.
 */
export function toWeights(areas: readonly string[], amounts: readonly number[]): Record<string, number> {
  if (areas.length === 1) return byArea(areas, [1])
  const total = sum(amounts)
  if (total === 0) throw new UstazError('statistical.no-information')
  return byArea(
    areas,
    amounts.map((amount) => amount / total),
  )
}
