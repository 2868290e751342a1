import { adjusted } from './adjust.ts'
import type { Adjustment } from './adjust.ts'
import type { Backend, BackendName } from './backend.ts'
import { chooseBlend } from './blend.ts'
import { lendWindows } from './lend.ts'
import type { NetworkWeights } from './network.ts'
import { choosePart } from './part.ts'
import { predict } from './predict.ts'
import { chooseStretch } from './stretch.ts'
import { train } from './train.ts'
import { cutWindow, cutWindows, shortestPast } from './windows.ts'
import type { Window } from './windows.ts'

/** What forecasts are made by: networks, how much of them is taken, and how far their intervals are stretched. */
export interface Model extends Adjustment {
  horizon: number
  networks: NetworkWeights[]
  /** Windows of series that were held out, on which mix, methods and stretch rest. */
  heldOut: number
  /** Series that the networks learned from, and public ones that were lent to them. */
  learned: { series: number; lent: number }
  backend: BackendName
  seed: number
}
export interface ModelOptions {
  /** 1 to 20: of more steps the public series tell too little. */
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
const mostSteps = 20
/** Origins of a held out series after which the whole horizon is known. */
const wholeOrigins = 3

/**
 * Learns from all series, oldest value first, each of at least one value, with the help of public ones where these are few or short. How much of
 * the networks is taken, which classical methods beside them, and how far intervals are stretched is learned from series that a first set of
 * networks never saw. Throws RangeError for another horizon.
 */
export function createModel(
  { tf, name }: Backend,
  series: readonly Float64Array[],
  options: ModelOptions,
): Model {
  const { horizon, seed } = options
  if (horizon < 1 || horizon > mostSteps)
    throw new RangeError(`the horizon is ${horizon}, not 1 to ${mostSteps}`)
  const shortest = series.reduce((least, { length }) => Math.max(2, Math.min(least, length)), shortestPast)
  const chosen = choosePart(series, seed, shortest)
  const own = chosen.flatMap((index) => cutWindows(series[index]!, { horizon, shortest, series: index }))
  const lent = lendWindows(own, series, { horizon, shortest })
  const windows = [...own, ...lent]
  const learn = (from: readonly Window[], count: number, done: number) =>
    corrections.flatMap((correction, group) =>
      Array.from({ length: count }, (_, index) => {
        const before = done + group * count + index
        return train(tf, from, {
          horizon,
          correction,
          seed: seed * 1000 + before,
          epochs: options.epochs,
        })
      }),
    )
  const held: Window[] = []
  const tried: Float64Array[][] = []
  for (let fold = 0; fold < folds; fold++) {
    const parts = holdOut(windows, horizon, fold)
    held.push(...parts.held)
    tried.push(...predict(tf, learn(parts.known, 1, fold * corrections.length), parts.held))
  }
  const floor = series.every((one) => one.every((value) => value >= 0)) ? 0 : null
  const blend = { ...chooseBlend(held, tried, horizon), floor }
  return {
    ...blend,
    horizon,
    networks: learn(windows, options.networks, folds * corrections.length),
    stretch: chooseStretch(held, tried, blend),
    heldOut: held.length,
    learned: { series: chosen.length, lent: new Set(lent.map((one) => one.series)).size },
    backend: name,
    seed,
  }
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
