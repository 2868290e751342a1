import type { Gap } from '../../contract/resources/fairness.ts'
import { normalQuantile, studentQuantile } from './student-t.ts'

/** Number of people, mean and sample variance of their totals; variance 0 for a single person. */
export interface Sample {
  count: number
  mean: number
  variance: number
}

/** Two samples as one. */
export function join(a: Sample, b: Sample): Sample {
  const count = a.count + b.count
  if (a.count === 0 || b.count === 0) return a.count === 0 ? b : a
  const mean = (a.count * a.mean + b.count * b.mean) / count
  const squares =
    (a.count - 1) * a.variance +
    (b.count - 1) * b.variance +
    a.count * (a.mean - mean) ** 2 +
    b.count * (b.mean - mean) ** 2
  return { count, mean, variance: count < 2 ? 0 : squares / (count - 1) }
}

export const nobody: Sample = { count: 0, mean: 0, variance: 0 }

/** Mean of a minus mean of b with Welch's 95 % interval; null: one side has fewer than two people. */
export function gapBetween(a: Sample, b: Sample): Gap | null {
  if (a.count < 2 || b.count < 2) return null
  const [va, vb] = [a.variance / a.count, b.variance / b.count]
  const estimate = a.mean - b.mean
  if (va + vb === 0) return { estimate, low: estimate, high: estimate }
  const degrees = (va + vb) ** 2 / (va ** 2 / (a.count - 1) + vb ** 2 / (b.count - 1))
  const half = studentQuantile(degrees) * Math.sqrt(va + vb)
  return { estimate, low: estimate - half, high: estimate + half }
}

/**
 * The difference within strata, averaged with weights n1 n2 / (n1 + n2) (Cochran 1954), with its 95 % interval by the normal
 * quantile; null: no stratum has two people on both sides.
 */
export function gapWithin(strata: readonly (readonly [Sample, Sample])[]): Gap | null {
  const whole = strata.filter(([a, b]) => a.count >= 2 && b.count >= 2)
  const weights = whole.map(([a, b]) => (a.count * b.count) / (a.count + b.count))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return null
  const parts = whole.map(([a, b], index) => ({ a, b, weight: weights[index]! / total }))
  const estimate = parts.reduce((sum, { a, b, weight }) => sum + weight * (a.mean - b.mean), 0)
  const variance = parts.reduce(
    (sum, { a, b, weight }) => sum + weight ** 2 * (a.variance / a.count + b.variance / b.count),
    0,
  )
  const half = normalQuantile * Math.sqrt(variance)
  return { estimate, low: estimate - half, high: estimate + half }
}
