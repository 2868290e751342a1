export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const mean = (values: readonly number[]): number => sum(values) / values.length

export const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0])

/** Standard deviation of a whole population (divided by n); exactly 0 for a constant column. */
export function deviation(values: readonly number[]): number {
  if (isConstant(values)) return 0
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}

/** Onto 0..1 from the least to the greatest value; all 0 for a constant column, which has no range. */
export function minMax(values: readonly number[]): number[] {
  const low = values.reduce((a, b) => Math.min(a, b))
  const range = values.reduce((a, b) => Math.max(a, b)) - low
  return values.map((value) => (range === 0 ? 0 : (value - low) / range))
}

/** Pearson's correlation, -1..1; null where a column is constant. Within 1e-12 of -1 or 1 it is taken as that. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  const scale = deviation(a) * deviation(b)
  if (scale === 0) return null
  const [middleA, middleB] = [mean(a), mean(b)]
  const r = mean(a.map((value, index) => (value - middleA) * (b[index]! - middleB))) / scale
  return Math.abs(r) > 1 - 1e-12 ? Math.sign(r) : r
}
