/** How far the bounds of the central intervals lie from the mean, in standard deviations. */
export interface Reach {
  inner: number
  outer: number
  /** Forecasts that it was learned from; 0: the normal distribution's, made a fifth wider. */
  from: number
}

const normal = { inner: 1.2815515655446004, outer: 1.959963984540054 }
const fewest = 20
const caution = 1.2

/**
 * The reach that held 80 and 95 % of what came, by the scores |value - mean| / deviation of forecasts whose outcome is known: split
 * conformal prediction with the finite-sample quantile (Lei et al., Journal of the American Statistical Association 113, 2018, 1094-1111).
 */
export function reachOf(scores: readonly number[]): Reach {
  if (scores.length < fewest) return { inner: normal.inner * caution, outer: normal.outer * caution, from: 0 }
  const sorted = [...scores].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length, Math.ceil(share * (sorted.length + 1))) - 1]!
  return { inner: at(0.8), outer: Math.max(at(0.95), at(0.8)), from: scores.length }
}

/** Quantiles of Student's t at 0.9 and 0.975 by degrees of freedom, from 1 (Student, Biometrika 6, 1908, 1-25; as in any table). */
const student = [
  [3.078, 12.706],
  [1.886, 4.303],
  [1.638, 3.182],
  [1.533, 2.776],
  [1.476, 2.571],
  [1.44, 2.447],
  [1.415, 2.365],
  [1.397, 2.306],
  [1.383, 2.262],
] as const

/** How far the central 80 and 95 % intervals reach where a deviation is known from so few figures; degrees of freedom at least 1. */
export function studentReach(freedom: number): Pick<Reach, 'inner' | 'outer'> {
  const [inner, outer] = student[Math.min(freedom, student.length) - 1]!
  return { inner, outer }
}

/** A point forecast with its intervals, step by step. */
export interface Forecast {
  mean: Float64Array
  lower80: Float64Array
  upper80: Float64Array
  lower95: Float64Array
  upper95: Float64Array
}

export function bounded(mean: Float64Array, deviation: Float64Array, { inner, outer }: Reach): Forecast {
  const at = (factor: number) => mean.map((value, step) => value + factor * deviation[step]!)
  return { mean, lower80: at(-inner), upper80: at(inner), lower95: at(-outer), upper95: at(outer) }
}
