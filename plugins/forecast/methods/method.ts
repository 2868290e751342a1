/** A point forecast: the values of a series, oldest first, at least one -> the next `horizon` values. */
export type Method = (series: Float64Array, horizon: number) => Float64Array

/** Point forecasts with the standard deviation of their error at each step; NaN where a method cannot tell. */
export interface Spread {
  mean: Float64Array
  deviation: Float64Array
}

export const last = (series: Float64Array) => series[series.length - 1]!

export function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Least-squares line over 1..n; slope 0 for a single value. */
export function lineThrough(series: Float64Array): { level: number; slope: number } {
  const n = series.length
  const middle = (n + 1) / 2
  const mean = average(series)
  let cross = 0
  let square = 0
  for (let t = 1; t <= n; t++) {
    cross += (t - middle) * (series[t - 1]! - mean)
    square += (t - middle) ** 2
  }
  const slope = square === 0 ? 0 : cross / square
  return { level: mean - slope * middle, slope }
}

/** The values at steps 1..horizon. */
export function ahead(horizon: number, valueAt: (step: number) => number): Float64Array {
  return Float64Array.from({ length: horizon }, (_, index) => valueAt(index + 1))
}

/** A method on logarithms for positive series; `otherwise` for all others. */
export function onLogScale(method: Method, otherwise: Method): Method {
  return (series, horizon) => {
    if (!series.every((value) => value > 0)) return otherwise(series, horizon)
    return method(series.map(Math.log), horizon).map(Math.exp)
  }
}
