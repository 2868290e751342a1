import { rowsByGroup } from './groups.ts'
import { prepareOrder } from './order-rows.ts'

/** standard: 1 2 2 4; dense: 1 2 2 3. */
export type Ties = 'standard' | 'dense'

/**
 * Places within each group, the highest total first; 0 = no place (no total, or in no group). Totals that are equal at 9
 * decimals share a place.
 */
export function rankWithin(totals: Float64Array, groups: Int32Array, ties: Ties = 'standard'): Int32Array {
  const places = new Int32Array(totals.length)
  for (const members of rowsByGroup(groups)) {
    const { rows, keys } = prepareOrder(members)(totals)
    let place = 0
    for (let index = rows.length - 1; index >= 0; index--) {
      if (keys[index] !== keys[index + 1]) place = ties === 'dense' ? place + 1 : rows.length - index
      places[rows[index]!] = place
    }
  }
  return places
}
