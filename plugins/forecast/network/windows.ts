import { last } from '../methods/method.ts'
import { pool, poolMethods } from '../methods/pool.ts'

/** Past values that the network sees, counted back from the origin. */
export const lookback = 8
/** The shortest past that a window is cut from, unless shorter ones will be asked about. */
export const shortestPast = 4

/** What is known at an origin of a series, in units of its scale and relative to its last value. */
export interface Window {
  /** Index of the series in the list it was cut from. */
  series: number
  level: number
  /** Size of an ordinary step; > 0. */
  scale: number
  /** The past has several values, all the same. */
  isStill: boolean
  features: Float32Array
  /** Forecasts of the pool: method by method, step by step. */
  forecasts: Float32Array
  /** What came after; NaN where that is not known. */
  targets: Float32Array
}

const most = 40
const squeeze = (value: number) => Math.asinh(Math.max(-most, Math.min(most, value)))

/** A window at the end of `past`; `future`: what came after, as far as it is known. */
export function cutWindow(past: Float64Array, future: Float64Array, horizon: number, series = 0): Window {
  const level = last(past)
  const scale = scaleOf(past)
  const relative = (value: number) => (value - level) / scale
  const forecasts = Float32Array.from(
    poolMethods.flatMap((method) =>
      Array.from(pool[method](past, horizon), (value) => clip(relative(value))),
    ),
  )
  const targets = Float32Array.from({ length: horizon }, (_, step) =>
    step < future.length ? clip(relative(future[step]!)) : Number.NaN,
  )
  return {
    series,
    level,
    scale,
    isStill: past.length > 1 && past.every((value) => value === level),
    features: featuresOf(past, forecasts, horizon, relative),
    forecasts,
    targets,
  }
}

/** Values so far off are errors or breaks; they may pull the network no further. */
const clip = (value: number) => Math.max(-most, Math.min(most, value))

function featuresOf(
  past: Float64Array,
  forecasts: Float32Array,
  horizon: number,
  relative: (value: number) => number,
): Float32Array {
  const recent = past.slice(-lookback - 1, -1)
  const levels = new Array<number>(lookback).fill(0)
  recent.forEach((value, index) => (levels[lookback - recent.length + index] = squeeze(relative(value))))
  const first = relative(past[0]!)
  const shape = [
    squeeze(-first / Math.max(1, past.length - 1)),
    Math.log(past.length) / 3,
    recent.length / lookback,
    steadiness(past),
  ]
  const steps = [0, Math.floor((horizon - 1) / 2), horizon - 1]
  const said = poolMethods.flatMap((_, method) =>
    steps.map((step) => squeeze(forecasts[method * horizon + step]!)),
  )
  return Float32Array.from([...levels, ...shape, ...said])
}
export const featureCount = lookback + 4 + poolMethods.length * 3

/** Net way over the way walked, -1..1: 1 always upwards, 0 to and fro. */
function steadiness(past: Float64Array): number {
  let walked = 0
  for (let t = 1; t < past.length; t++) walked += Math.abs(past[t]! - past[t - 1]!)
  return walked === 0 ? 0 : (last(past) - past[0]!) / walked
}

/** Between the mean and the median of the absolute steps; of a series that never moved a hundredth of its level, or 1. */
export function scaleOf(past: Float64Array): number {
  const steps = Array.from(past.slice(1), (value, index) => Math.abs(value - past[index]!)).sort(
    (a, b) => a - b,
  )
  const middle = steps.length === 0 ? 0 : steps[Math.floor(steps.length / 2)]!
  const mean = steps.length === 0 ? 0 : steps.reduce((sum, step) => sum + step, 0) / steps.length
  const scale = (middle + mean) / 2
  return scale > 0 ? scale : Math.abs(last(past)) / 100 || 1
}

/** Windows of a series from every origin with so many values before it, oldest first; of a shorter series none. */
export function cutWindows(
  values: Float64Array,
  { horizon, series = 0, shortest = shortestPast }: { horizon: number; series?: number; shortest?: number },
): Window[] {
  return Array.from({ length: Math.max(values.length - shortest, 0) }, (_, at) => {
    const origin = shortest + at
    return cutWindow(values.slice(0, origin), values.slice(origin, origin + horizon), horizon, series)
  })
}
