import { minimise } from './minimise.ts'
import { ahead, lineThrough } from './method.ts'
import type { Method, Spread } from './method.ts'

/**
 * Exponential smoothing in state-space form (Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, Springer 2008,
 * chapters 2, 5 and 6) without seasons: errors added or multiplied; trend none, added, or added and damped.
 */
export interface Form {
  error: 'added' | 'multiplied'
  trend: 'none' | 'added' | 'damped'
}

/** A fitted form. alpha, beta, phi: smoothing of level and trend, damping; level, growth: the states after the last value. */
export interface Fit {
  form: Form
  alpha: number
  beta: number
  phi: number
  level: number
  growth: number
  /** Sum of squared (relative) one-step errors over the degrees of freedom. */
  variance: number
  /** Akaike's criterion with the correction for short series; Infinity: too short to tell. */
  aicc: number
}

interface Parameters {
  alpha: number
  beta: number
  phi: number
  level: number
  growth: number
}
const lowest = 1e-4
const highest = 0.9999
const dampingRange = [0.8, 0.98] as const

/** Maximum likelihood over parameters and first states, inside the usual bounds; null: the form does not suit (too short, not positive). */
export function fit(series: Float64Array, form: Form): Fit | null {
  const size = sizeOf(form)
  if (series.length <= size || (form.error === 'multiplied' && !series.every((value) => value > 0)))
    return null
  const start = startOf(series, form)
  const unit = Math.max(Math.abs(start.level), spreadOf(series), 1e-9)
  const read = (point: Float64Array) => readPoint(point, form, unit)
  const point = minimise((at) => deviance(series, form, read(at)), searchFrom(start, form, unit), 600)
  const found = read(point)
  const run = walk(series, form, found)
  if (!run) return null
  const n = series.length
  const parameters = size + 1
  const logs = n * Math.log(Math.max(run.squares, 1e-300)) + 2 * run.logs
  const correction = n - parameters - 1
  const aicc =
    correction <= 0 ? Infinity : logs + 2 * parameters + (2 * parameters * (parameters + 1)) / correction
  return { form, ...found, level: run.level, growth: run.growth, variance: run.squares / (n - size), aicc }
}

/** Smoothing parameters and first states. */
const sizeOf = ({ trend }: Form) => ({ none: 2, added: 4, damped: 5 })[trend]

function startOf(series: Float64Array, form: Form): Parameters {
  const { level, slope } = lineThrough(series.slice(0, 10))
  const growth = form.trend === 'none' ? 0 : slope
  const first = form.trend === 'none' ? series[0]! : level
  return { alpha: 0.5, beta: 0.1, phi: 0.95, level: first, growth }
}

function spreadOf(series: Float64Array): number {
  let sum = 0
  for (let t = 1; t < series.length; t++) sum += Math.abs(series[t]! - series[t - 1]!)
  return sum / Math.max(series.length - 1, 1)
}

/** States are searched in units of the series, so that one tolerance suits all. */
function searchFrom(start: Parameters, { trend }: Form, unit: number) {
  const at = [start.alpha, start.level / unit]
  const step = [0.2, 0.1]
  if (trend !== 'none') {
    at.push(start.beta, start.growth / unit)
    step.push(0.1, 0.05)
  }
  if (trend === 'damped') {
    at.push(start.phi)
    step.push(-0.05)
  }
  return { at, step }
}

function readPoint(point: Float64Array, { trend }: Form, unit: number): Parameters {
  return {
    alpha: point[0]!,
    level: point[1]! * unit,
    beta: trend === 'none' ? 0 : point[2]!,
    growth: trend === 'none' ? 0 : point[3]! * unit,
    phi: trend === 'damped' ? point[4]! : 1,
  }
}

function isAllowed({ alpha, beta, phi }: Parameters, { trend }: Form): boolean {
  if (!(alpha >= lowest && alpha <= highest)) return false
  if (trend !== 'none' && !(beta >= lowest && beta <= alpha)) return false
  return trend !== 'damped' || (phi >= dampingRange[0] && phi <= dampingRange[1])
}

/** What likelihood is compared by: n log of the sum of squares, and twice the logarithms of what multiplied errors are relative to. */
function deviance(series: Float64Array, form: Form, parameters: Parameters): number {
  if (!isAllowed(parameters, form)) return Infinity
  const run = walk(series, form, parameters)
  return run ? series.length * Math.log(Math.max(run.squares, 1e-300)) + 2 * run.logs : Infinity
}

/** One pass over the series; null: a multiplied error relative to nothing. */
function walk(series: Float64Array, { error }: Form, parameters: Parameters) {
  const { alpha, beta, phi } = parameters
  let { level, growth } = parameters
  let squares = 0
  let logs = 0
  for (const value of series) {
    const expected = level + phi * growth
    if (error === 'multiplied') {
      if (!(expected > 1e-12)) return null
      logs += Math.log(expected)
    }
    const miss = value - expected
    const relative = error === 'multiplied' ? miss / expected : miss
    squares += relative * relative
    level = expected + alpha * miss
    growth = phi * growth + beta * miss
  }
  return { level, growth, squares, logs }
}

/** How far growth has carried after so many steps: phi + phi^2 + ... */
const carried = (phi: number, steps: number) => (phi === 1 ? steps : (phi * (1 - phi ** steps)) / (1 - phi))

export function meanOf({ level, growth, phi }: Fit, horizon: number): Float64Array {
  return ahead(horizon, (step) => level + growth * carried(phi, step))
}

/** Variances of classes 1 and 2 of the book (chapter 6). */
export function spreadOfFit(found: Fit, horizon: number): Spread {
  const { form, alpha, beta, phi, variance } = found
  const mean = meanOf(found, horizon)
  const weight = (lag: number) => alpha + (form.trend === 'none' ? 0 : (beta * carried(phi, lag)) / phi)
  if (form.error === 'added') {
    let sum = 1
    const deviation = ahead(horizon, (step) => {
      if (step > 1) sum += weight(step - 1) ** 2
      return Math.sqrt(variance * sum)
    })
    return { mean, deviation }
  }
  const squares: number[] = []
  const deviation = ahead(horizon, (step) => {
    let square = mean[step - 1]! ** 2
    for (let lag = 1; lag < step; lag++) square += variance * weight(lag) ** 2 * squares[step - lag - 1]!
    squares.push(square)
    return Math.sqrt(Math.max((1 + variance) * square - mean[step - 1]! ** 2, 0))
  })
  return { mean, deviation }
}

const added = (trend: Form['trend']): Form => ({ error: 'added', trend })
const byForm =
  (form: Form, shorter: Method): Method =>
  (series, horizon) => {
    const found = fit(series, form)
    return found ? meanOf(found, horizon) : shorter(series, horizon)
  }
const stay: Method = (series, horizon) => ahead(horizon, () => series[series.length - 1]!)

/** Simple exponential smoothing; of one or two values the last stays. */
export const simpleSmoothing = byForm(added('none'), stay)
/** Holt's linear trend; of fewer than five values simple smoothing. */
export const holt = byForm(added('added'), simpleSmoothing)
/** Holt's trend damped; of fewer than six values undamped. */
export const dampedTrend = byForm(added('damped'), holt)

const forms: readonly Form[] = (['added', 'multiplied'] as const).flatMap((error) =>
  (['none', 'added', 'damped'] as const).map((trend) => ({ error, trend })),
)
/** The form with the smallest corrected Akaike criterion among the six; of a series too short to compare, the first that fits; null: none. */
export function chooseFit(series: Float64Array): Fit | null {
  const found = forms.map((form) => fit(series, form)).filter((one) => one !== null)
  return found.length === 0 ? null : found.reduce((best, one) => (one.aicc < best.aicc ? one : best))
}
