import { rowsByGroup } from './groups.ts'
import { placeKey } from './place-key.ts'
import { countBelow } from './statistics.ts'

/** standard: 1 2 2 4; dense: 1 2 2 3. */
export type Ties = 'standard' | 'dense'

/**
 * Places within each group, the highest total first; 0 = no place (no total, or in no group). Totals that are equal at 9
 * decimals share a place.
 */
export function rankWithin(totals: Float64Array, groups: Int32Array, ties: Ties = 'standard'): Int32Array {
  return prepareRanking(groups, ties)(totals, new Int32Array(totals.length))
}

/** For many rankings of the same groups: answers a function that fills (and answers) the places it is given. */
export function prepareRanking(
  groups: Int32Array,
  ties: Ties = 'standard',
): (totals: Float64Array, places: Int32Array) => Int32Array {
  const members = rowsByGroup(groups)
  const keys = new Float64Array(groups.length)
  const scratch = members.map((rows) => new Float64Array(rows.length))
  return (totals, places) => {
    places.fill(0)
    members.forEach((rows, group) => {
      const sorted = sortKeys(totals, rows, keys, scratch[group]!)
      const distinct = ties === 'dense' ? sorted.filter((key, index) => key !== sorted[index - 1]) : sorted
      for (const row of rows) {
        const key = keys[row]!
        if (!Number.isNaN(key)) places[row] = distinct.length - countBelow(distinct, key, true) + 1
      }
    })
    return places
  }
}

/** Writes the key of each row and answers the known ones, sorted. */
function sortKeys(
  totals: Float64Array,
  rows: Int32Array,
  keys: Float64Array,
  scratch: Float64Array,
): Float64Array {
  let known = 0
  for (const row of rows) {
    const total = totals[row]!
    keys[row] = placeKey(total)
    if (!Number.isNaN(total)) scratch[known++] = keys[row]
  }
  return scratch.subarray(0, known).sort()
}
