/** What numbers of one kind usually are. `middle` and `spread` are of ln(1 + x). */
export interface Usual {
  count: number
  middle: number
  spread: number
  /** Nineteen of twenty lie between. */
  low: number
  high: number
}

const leastCount = 30
/** Iglewicz and Hoaglin 1993. */
const limit = 3.5

/** null: fewer than 30 numbers, or some are negative (then logarithms say nothing). */
export function usualOf(numbers: readonly number[]): Usual | null {
  if (numbers.length < leastCount || numbers.some((value) => value < 0)) return null
  const sorted = [...numbers].sort((a, b) => a - b)
  const logs = sorted.map(Math.log1p)
  const middle = medianOf(logs)
  return {
    count: numbers.length,
    middle,
    spread: spreadOf(logs, middle),
    low: quantileOf(sorted, 0.025),
    high: quantileOf(sorted, 0.975),
  }
}

/** By the modified z-score of the logarithm; where all are alike, whatever differs from them by more than a tenth. */
export function isUnusual(value: number, { middle, spread, low, high }: Usual): boolean {
  if (value >= low && value <= high) return false
  const off = Math.abs(Math.log1p(Math.max(0, value)) - middle)
  return spread === 0 ? off > 0.1 : off / spread > limit
}

/** 1.4826 times the median distance, as a standard deviation; where that is 0, 1.2533 times the mean distance. */
function spreadOf(values: readonly number[], middle: number): number {
  const distances = values.map((value) => Math.abs(value - middle)).sort((a, b) => a - b)
  const median = medianOf(distances)
  if (median > 0) return 1.4826 * median
  return (1.2533 * distances.reduce((sum, distance) => sum + distance, 0)) / distances.length
}

const medianOf = (sorted: readonly number[]) => quantileOf(sorted, 0.5)

/** Between neighbours in proportion (type 7 of Hyndman and Fan 1996). */
function quantileOf(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)]!
  return below + (at % 1) * (sorted[Math.ceil(at)]! - below)
}
