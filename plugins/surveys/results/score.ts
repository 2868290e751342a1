import type { WeightedScale } from '../questions/weighted-scales.ts'
import type { QuestionResult } from '../tables.ts'

/**
 * Mean of the means of the scales by their weights, 0 (all at the low end) to 100; scales that nobody answered, or that are not shown, are left
 * out. null: no scale has a mean.
 */
export function scoreOf(scales: readonly WeightedScale[], results: readonly QuestionResult[]): number | null {
  return weightedMean(
    scales.flatMap(({ question, steps, weight }) => {
      const result = results.find((one) => one.question === question)
      return result && result.answers > 0 ? [{ weight, value: percentOf(meanOf(result), steps) }] : []
    }),
  )
}

/** Of a scale whose steps are 1 to `steps`. */
export function percentOf(mean: number, steps: number): number {
  return ((mean - 1) / (steps - 1)) * 100
}

function meanOf({ answers, counts }: QuestionResult): number {
  return counts.reduce((sum, count, index) => sum + count * (index + 1), 0) / answers
}

/** null: of nothing. */
export function weightedMean(parts: readonly { weight: number; value: number }[]): number | null {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  return total === 0 ? null : parts.reduce((sum, { weight, value }) => sum + weight * value, 0) / total
}

/** null: of nothing. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
