/**
 * Figures of a sorted column. Sums run over sorted values, so that the order in which teachers stand in a database changes
 * no digit. Every function takes at least one value.
 */

/**
 * Percentile 0..100 by linear interpolation between neighbours (Hyndman & Fan 1996, The American Statistician 50(4),
 * definition 7; PostgreSQL's percentile_cont).
 */
export function percentile(sorted: Float64Array, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (place - below)
}

export const median = (sorted: Float64Array): number => percentile(sorted, 50)

export function mean(sorted: Float64Array): number {
  let sum = 0
  for (const value of sorted) sum += value
  return sum / sorted.length
}

/** Standard deviation of a whole population (divided by n): a league is everybody in it, not a sample. */
export function deviation(sorted: Float64Array): number {
  const middle = mean(sorted)
  let sum = 0
  for (const value of sorted) sum += (value - middle) ** 2
  return Math.sqrt(sum / sorted.length)
}

/** Distances from a value, sorted. */
export function distances(sorted: Float64Array, from: number): Float64Array {
  return sorted.map((value) => Math.abs(value - from)).sort()
}

/** How many values lie below `value` (`orEqual`: not above it); binary search. */
export function countBelow(sorted: Float64Array, value: number, orEqual = false): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = sorted[middle]!
    if (found < value || (orEqual && found === value)) low = middle + 1
    else high = middle
  }
  return low
}
