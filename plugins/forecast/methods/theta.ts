import { minimise } from './minimise.ts'
import { ahead, last, lineThrough } from './method.ts'
import type { Method, Spread } from './method.ts'
import { fit } from './smoothing.ts'

/**
 * The theta method as simple smoothing with half the slope of the trend line as drift (Hyndman and Billah, Unmasking the Theta method,
 * International Journal of Forecasting 19, 2003, 287-290). Too short for smoothing: the last value stays.
 */
export function thetaSpread(series: Float64Array, horizon: number): Spread {
  const smoothed = fit(series, { error: 'added', trend: 'none' })
  if (!smoothed)
    return { mean: ahead(horizon, () => last(series)), deviation: ahead(horizon, () => Number.NaN) }
  const { alpha, level, variance } = smoothed
  const slope = lineThrough(series).slope / 2
  const reached = (1 - (1 - alpha) ** series.length) / alpha
  return {
    mean: ahead(horizon, (step) => level + slope * (step - 1 + reached)),
    deviation: ahead(horizon, (step) => Math.sqrt(variance * ((step - 1) * alpha ** 2 + 1))),
  }
}
export const theta: Method = (series, horizon) => thetaSpread(series, horizon).mean

/**
 * The dynamic optimised theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, Models for optimising the theta method and
 * their relationship to state space models, International Journal of Forecasting 32, 2016, 1151-1161): first level, alpha and theta by least
 * squares of the one-step errors. Of fewer than four values: `theta`.
 */
export const dynamicTheta: Method = (series, horizon) => {
  if (series.length < 4) return theta(series, horizon)
  const unit = Math.max(Math.abs(series[0]!), Math.abs(last(series)), 1e-9)
  const cost = ([level = 0, alpha = 0, strength = 0]: Float64Array) => {
    if (!(alpha >= 0.1 && alpha <= 0.99 && strength >= 1 && strength <= 1000)) return Infinity
    return thetaWalk(series, { level: level * unit, alpha, strength }, 0).squares
  }
  const start = { at: [(0.5 * series[0]!) / unit, 0.5, 2], step: [(0.4 * series[0]!) / unit + 0.01, 0.2, 1] }
  const [level = 0, alpha = 0, strength = 0] = minimise(cost, start, 400)
  return thetaWalk(series, { level: level * unit, alpha, strength }, horizon).mean
}

/** One pass of the model's equations; beyond the series its own expectation is taken for the value. The first two errors do not count. */
function thetaWalk(
  series: Float64Array,
  given: { level: number; alpha: number; strength: number },
  horizon: number,
) {
  const { alpha, strength } = given
  const mean = new Float64Array(horizon)
  let { level } = given
  let squares = 0
  let [average, intercept, slope, faded] = [0, 0, 0, 1]
  for (let t = 1; t <= series.length + horizon; t++) {
    if (t === 1) intercept = series[0]!
    const trend = faded * intercept + ((1 - faded * (1 - alpha)) / alpha) * slope
    const expected = level + (1 - 1 / strength) * trend
    const value = t <= series.length ? series[t - 1]! : expected
    if (t > series.length) mean[t - series.length - 1] = expected
    else if (t > 2) squares += (value - expected) ** 2
    level = alpha * value + (1 - alpha) * level
    const before = average
    average = ((t - 1) * average + value) / t
    slope = t === 1 ? 0 : ((t - 2) * slope + (6 * (value - before)) / t) / (t + 1)
    intercept = average - ((t + 1) / 2) * slope
    faded *= 1 - alpha
  }
  return { squares, mean }
}
