import { ahead, average, last } from './method.ts'
import type { Method, Spread } from './method.ts'

/** The last value stays. */
export const naive: Method = (series, horizon) => ahead(horizon, () => last(series))

/** All past values count alike. */
export const mean: Method = (series, horizon) => {
  const level = average(series)
  return ahead(horizon, () => level)
}

/** The line from the first value to the last goes on. */
export const drift: Method = (series, horizon) => {
  const slope = meanStep(series)
  return ahead(horizon, (step) => last(series) + slope * step)
}

/** The drift of the last five steps. */
export const recentDrift: Method = (series, horizon) => {
  const slope = meanStep(series.slice(-6))
  return ahead(horizon, (step) => last(series) + slope * step)
}

const damping = 0.85
/** The drift fading by a fixed factor with each step. */
export const dampedDrift: Method = (series, horizon) => {
  const slope = meanStep(series)
  return ahead(horizon, (step) => last(series) + (slope * damping * (1 - damping ** step)) / (1 - damping))
}

/** `naive` with the deviation of a random walk: the root mean square of its steps, growing with the root of the horizon. */
export function naiveSpread(series: Float64Array, horizon: number): Spread {
  const steps = series.slice(1).map((value, index) => value - series[index]!)
  const root = Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length)
  return { mean: naive(series, horizon), deviation: ahead(horizon, (step) => root * Math.sqrt(step)) }
}

function meanStep(series: Float64Array): number {
  return series.length < 2 ? 0 : (last(series) - series[0]!) / (series.length - 1)
}

/**
 * A first-order autoregression around its mean, by least squares, the coefficient kept within -0.99..0.99; a series of fewer than four
 * values, or of equal ones, stays.
 */
export const autoregression: Method = (series, horizon) => {
  if (series.length < 4) return naive(series, horizon)
  const before = series.slice(0, -1)
  const after = series.slice(1)
  const [meanBefore, meanAfter] = [average(before), average(after)]
  let cross = 0
  let square = 0
  before.forEach((value, index) => {
    cross += (value - meanBefore) * (after[index]! - meanAfter)
    square += (value - meanBefore) ** 2
  })
  if (square === 0) return naive(series, horizon)
  const coefficient = Math.max(-0.99, Math.min(0.99, cross / square))
  const level = (meanAfter - coefficient * meanBefore) / (1 - coefficient)
  return ahead(horizon, (step) => level + coefficient ** step * (last(series) - level))
}
