import { poolMethods } from '../methods/pool.ts'
import type { PoolMethod } from '../methods/pool.ts'
import type { Backend, BackendName } from './backend.ts'
import { shares } from './network.ts'
import type { NetworkWeights } from './network.ts'
import { predict } from './predict.ts'
import { train } from './train.ts'
import { cutWindow, cutWindows } from './windows.ts'
import type { Window } from './windows.ts'

/** What forecasts are made by: networks, how much of them is taken, and how far their intervals are stretched. */
export interface Model {
  horizon: number
  networks: NetworkWeights[]
  /** Share of the networks in the point; the rest is the mean of three classical methods. */
  mix: number
  /** What the distances to the bounds of the 80 and 95 % intervals are multiplied by, from what was held out. */
  stretch: { inner: number; outer: number }
  /** Observations that the stretch rests on; 0: none could be held out. */
  heldOut: number
  backend: BackendName
  seed: number
}
export interface ModelOptions {
  horizon: number
  seed: number
  /** Networks without a correction of the pool's point, and as many with one. */
  networks: number
  epochs: number
}

export const usual = { seed: 1, networks: 5, epochs: 20 } as const
const corrections = [0, 0.3]
/** Parts of which each is tried by networks that learned from all others: from half of the series they would be less sure than those from all. */
const folds = 4
/** Origins of a held out series after which the whole horizon is known. */
const wholeOrigins = 3
const classical: readonly PoolMethod[] = ['dynamicTheta', 'theta', 'drift']

/**
 * Learns from all series, oldest value first (those of fewer than five values say nothing). How much of the networks is taken, and how far
 * intervals are stretched, is learned from series that a first set of networks never saw.
 */
export function createModel(
  { tf, name }: Backend,
  series: readonly Float64Array[],
  options: ModelOptions,
): Model {
  const { horizon, seed } = options
  const windows = cutWindows(series, horizon)
  const trials = folds * corrections.length
  const learn = (from: readonly Window[], count: number, done: number) =>
    corrections.flatMap((correction, group) =>
      Array.from({ length: count }, (_, index) => {
        const before = done + group * count + index
        return train(tf, from, { horizon, correction, seed: seed * 1000 + before, epochs: options.epochs })
      }),
    )
  const held: Window[] = []
  const tried: Float64Array[][] = []
  for (let fold = 0; fold < folds; fold++) {
    const parts = holdOut(windows, horizon, fold)
    if (parts.known.length === 0 || parts.held.length === 0) continue
    held.push(...parts.held)
    tried.push(...predict(tf, learn(parts.known, 1, fold * corrections.length), parts.held))
  }
  const found =
    held.length === 0 ? { mix: 1, stretch: { inner: 1, outer: 1 } } : calibrate(held, tried, horizon)
  const networks = learn(windows, options.networks, trials)
  return { horizon, networks, ...found, heldOut: held.length, backend: name, seed }
}

/** Quantiles of each series at each step, [series][share][step]; shares as in network.ts. */
export function forecastAll(
  { tf }: Backend,
  model: Model,
  series: readonly Float64Array[],
): Float64Array[][] {
  const { horizon } = model
  const windows = series.map((past, index) => cutWindow(past, new Float64Array(0), horizon, index))
  const found = predict(tf, model.networks, windows)
  return found.map((quantiles, index) => adjusted(quantiles, windows[index]!, model))
}

/** The series of one part are hidden from what is learned, and tried at their last origins. */
function holdOut(windows: readonly Window[], horizon: number, fold: number) {
  const left = new Map<number, number>()
  for (const window of windows) left.set(window.series, (left.get(window.series) ?? 0) + 1)
  const held = windows.filter((window) => {
    const after = left.get(window.series)!
    left.set(window.series, after - 1)
    return window.series % folds === fold && after <= horizon + wholeOrigins - 1
  })
  return { known: windows.filter((window) => window.series % folds !== fold), held }
}

function calibrate(held: readonly Window[], found: readonly Float64Array[][], horizon: number) {
  const mix = chooseMix(held, found, horizon)
  const ratios = { inner: [] as number[], outer: [] as number[] }
  held.forEach((window, index) => {
    const quantiles = adjusted(found[index]!, window, { mix, stretch: unstretched, horizon })
    window.targets.forEach((target, step) => {
      if (Number.isNaN(target)) return
      const value = window.level + window.scale * target
      const far = (share: number) => Math.abs(quantiles[share]![step]! - quantiles[3]![step]!)
      const off = value - quantiles[3]![step]!
      const [inner, outer] = off > 0 ? [far(5), far(6)] : [far(1), far(0)]
      ratios.inner.push(Math.abs(off) / Math.max(inner, 1e-12))
      ratios.outer.push(Math.abs(off) / Math.max(outer, 1e-12))
    })
  })
  return { mix, stretch: { inner: shareOf(ratios.inner, 0.8), outer: shareOf(ratios.outer, 0.95) } }
}

const mixes = [1, 0.75, 0.5, 0.25]
const unstretched = { inner: 1, outer: 1 }

/**
 * How much of the networks is taken: the least that is not told apart from the best by one standard error over the held out series (the
 * rule of Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984, section 3.4.3), since means of unlike methods are the
 * safer where the past does not decide. Errors are those of origins after which the whole horizon is known, as it will be asked for; half by the
 * size of the miss, half by its size relative to the value, each as a ratio to the networks alone.
 */
function chooseMix(held: readonly Window[], found: readonly Float64Array[][], horizon: number): number {
  const isWhole = ({ targets }: Window) => !targets.some(Number.isNaN)
  const judged = held.some(isWhole) ? isWhole : () => true
  const errors = mixes.map((mix) => {
    const bySeries = new Map<number, { scaled: number; relative: number; count: number }>()
    held.forEach((window, index) => {
      if (!judged(window)) return
      const point = adjusted(found[index]!, window, { mix, stretch: unstretched, horizon })[3]!
      const one = bySeries.get(window.series) ?? { scaled: 0, relative: 0, count: 0 }
      one.scaled += missOf(window, point)
      one.relative += relativeMissOf(window, point)
      one.count++
      bySeries.set(window.series, one)
    })
    return [...bySeries.values()].map(
      ({ scaled, relative, count }) => [scaled / count, relative / count] as const,
    )
  })
  const units = [0, 1].map((part) => meanOf(errors[0]!.map((one) => one[part]!)))
  const scores = errors.map((all) =>
    all.map(([scaled, relative]) => scaled / units[0]! + relative / units[1]!),
  )
  const means = scores.map(meanOf)
  const best = means.indexOf(Math.min(...means))
  const isAsGood = (_: number, option: number) => {
    const excess = scores[option]!.map((score, series) => score - scores[best]![series]!)
    return meanOf(excess) <= standardError(excess)
  }
  return mixes.filter(isAsGood).at(-1) ?? 1
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the mean; of a single value 0. */
function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1) / values.length)
}

/** Mean of the miss over the sizes of value and forecast together; 0 where both are 0. */
function relativeMissOf({ targets, level, scale }: Window, point: Float64Array): number {
  let [sum, count] = [0, 0]
  targets.forEach((target, step) => {
    if (Number.isNaN(target)) return
    const value = level + scale * target
    const size = Math.abs(value) + Math.abs(point[step]!)
    sum += size === 0 ? 0 : Math.abs(value - point[step]!) / size
    count++
  })
  return sum / count
}

/** Mean absolute miss in units of the series' scale. */
function missOf({ targets, level, scale }: Window, point: Float64Array): number {
  let sum = 0
  let count = 0
  targets.forEach((target, step) => {
    if (Number.isNaN(target)) return
    sum += Math.abs((point[step]! - level) / scale - target)
    count++
  })
  return sum / count
}

/** The factor within which that share lies, kept between 0.7 and 1.6. */
function shareOf(ratios: number[], share: number): number {
  const sorted = ratios.sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.ceil(share * (sorted.length + 1)) - 1)
  return Math.max(0.7, Math.min(1.6, sorted[at] ?? 1))
}

/** The point drawn towards the classical methods with all quantiles, then the bounds stretched. */
function adjusted(
  quantiles: readonly Float64Array[],
  window: Window,
  { mix, stretch, horizon }: Pick<Model, 'mix' | 'stretch' | 'horizon'>,
): Float64Array[] {
  const point = quantiles[3]!.map((value, step) => {
    const said = classical.map((method) => window.forecasts[poolMethods.indexOf(method) * horizon + step]!)
    const other = window.level + (window.scale * said.reduce((sum, one) => sum + one, 0)) / said.length
    return mix * value + (1 - mix) * other
  })
  const factors = [
    stretch.outer,
    stretch.inner,
    Math.min(1, stretch.inner),
    1,
    Math.min(1, stretch.inner),
    stretch.inner,
    stretch.outer,
  ]
  return shares.map((_, share) =>
    point.map((value, step) => value + factors[share]! * (quantiles[share]![step]! - quantiles[3]![step]!)),
  )
}
