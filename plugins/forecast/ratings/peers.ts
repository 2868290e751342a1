import { minimise } from '../methods/minimise.ts'
import { ahead } from '../methods/method.ts'
import { periodsOf } from './history.ts'
import type { History, PersonForecast } from './history.ts'

/**
 * Empirical Bayes for ratings: y = common level of the period + group + person + noise. A person's own part is a stationary first-order
 * autoregression (variance `person`, carried on by `memory` a period), a group's is constant, noise is new each time. The four variances and
 * the memory are found by maximum likelihood over everybody (Robinson, That BLUP is a good thing, Statistical Science 6, 1991, 15-32, for
 * the prediction; Carlin and Louis, Bayesian Methods for Data Analysis, 3rd ed., chapter 5, for the estimation).
 */
export interface PeerModel {
  /** Common level of each period; what a period without anybody takes from the one before. */
  levels: Float64Array
  /** Shrunken departure of each group. */
  groups: Float64Array
  groupVariance: number
  person: number
  memory: number
  noise: number
  /** Variance of the common level from one period to the next; NaN: a single period tells nothing of it. */
  drift: number
}

/** Throws if nobody has a value. */
export function fitPeers(history: History): PeerModel {
  const levels = levelsOf(history)
  const departures = history.values.map((series) => series.map((value, period) => value - levels[period]!))
  const { groups, groupVariance } = shrinkGroups(departures, history)
  const own = departures.map((series, index) => series.map((value) => value - groups[history.group[index]!]!))
  const { person, memory, noise } = fitPersons(own)
  return { levels, groups, groupVariance, person, memory, noise, drift: driftOf(levels) }
}

function levelsOf(history: History): Float64Array {
  const levels = new Float64Array(periodsOf(history))
  let before = Number.NaN
  for (let period = 0; period < levels.length; period++) {
    let sum = 0
    let count = 0
    for (const series of history.values) {
      if (Number.isNaN(series[period]!)) continue
      sum += series[period]!
      count++
    }
    if (count > 0) before = sum / count
    levels[period] = before
  }
  if (levels.every(Number.isNaN)) throw new Error('nobody has a value in any period')
  const first = levels.find((level) => !Number.isNaN(level))!
  return levels.map((level) => (Number.isNaN(level) ? first : level))
}

function driftOf(levels: Float64Array): number {
  if (levels.length < 2) return Number.NaN
  let sum = 0
  for (let period = 1; period < levels.length; period++) sum += (levels[period]! - levels[period - 1]!) ** 2
  return sum / (levels.length - 1)
}

/** Groups' means drawn towards 0 by the variance between groups (method of moments over persons' means). */
function shrinkGroups(departures: readonly Float64Array[], { group, groups: count }: History) {
  const sums = new Float64Array(count)
  const squares = new Float64Array(count)
  const sizes = new Float64Array(count)
  departures.forEach((series, index) => {
    const known = series.filter((value) => !Number.isNaN(value))
    if (known.length === 0) return
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length
    const at = group[index]!
    sums[at] = sums[at]! + mean
    squares[at] = squares[at]! + mean * mean
    sizes[at] = sizes[at]! + 1
  })
  const means = sums.map((sum, at) => (sizes[at] === 0 ? 0 : sum / sizes[at]!))
  let [inside, freedom, between, used] = [0, 0, 0, 0]
  means.forEach((mean, at) => {
    const size = sizes[at]!
    if (size === 0) return
    inside += squares[at]! - size * mean * mean
    freedom += size - 1
    between += mean * mean
    used++
  })
  const variance = freedom > 0 ? inside / freedom : 0
  const noise = means.reduce((sum, _, at) => sum + (sizes[at]! > 0 ? variance / sizes[at]! : 0), 0)
  const groupVariance = used > 1 ? Math.max(0, (between - noise) / used) : 0
  const groups = means.map((mean, at) => {
    const own = groupVariance * sizes[at]!
    return own + variance === 0 ? 0 : (own / (own + variance)) * mean
  })
  return { groups, groupVariance }
}

/** Variance, memory and noise by maximum likelihood of all persons' series. */
function fitPersons(own: readonly Float64Array[]): { person: number; memory: number; noise: number } {
  const all = own.flatMap((series) => Array.from(series)).filter((value) => !Number.isNaN(value))
  const total = all.reduce((sum, value) => sum + value * value, 0) / Math.max(all.length, 1)
  if (total === 0) return { person: 0, memory: 0.5, noise: 0 }
  const repeated = own.some((series) => series.filter((value) => !Number.isNaN(value)).length > 1)
  // From single values nobody can tell a person from chance: half and half.
  if (!repeated) return { person: total / 2, memory: 0.8, noise: total / 2 }
  const patterns = groupByPattern(own)
  const read = ([share = 0, memory = 0, size = 0]: Float64Array) => ({
    person: share * Math.exp(size) * total,
    memory,
    noise: (1 - share) * Math.exp(size) * total,
  })
  const cost = (point: Float64Array) => {
    const [share = 0, memory = 0] = point
    if (share < 0.01 || share > 0.99 || memory < 0 || memory > 0.999) return Infinity
    return deviance(patterns, read(point))
  }
  return read(minimise(cost, { at: [0.5, 0.8, 0], step: [0.2, -0.2, 0.2] }, 200))
}

interface Pattern {
  periods: number[]
  series: number[][]
}

/** Persons known in the same periods share one covariance. */
function groupByPattern(own: readonly Float64Array[]): Pattern[] {
  const found = new Map<string, Pattern>()
  for (const series of own) {
    const periods = Array.from(series.keys()).filter((period) => !Number.isNaN(series[period]!))
    if (periods.length === 0) continue
    const pattern = found.get(periods.join()) ?? { periods, series: [] }
    pattern.series.push(periods.map((period) => series[period]!))
    found.set(periods.join(), pattern)
  }
  return [...found.values()]
}

type Variances = Pick<PeerModel, 'person' | 'memory' | 'noise'>

function deviance(patterns: readonly Pattern[], variances: Variances): number {
  let sum = 0
  for (const { periods, series } of patterns) {
    const factor = cholesky(covariance(periods, variances))
    const logs = 2 * factor.reduce((total, row, at) => total + Math.log(row[at]!), 0)
    for (const values of series) {
      const solved = forwards(factor, values)
      sum += logs + solved.reduce((total, value) => total + value * value, 0)
    }
  }
  return sum
}

const covariance = (periods: readonly number[], { person, memory, noise }: Variances) =>
  periods.map((one) =>
    periods.map((other) => person * memory ** Math.abs(one - other) + (one === other ? noise + 1e-9 : 0)),
  )

function cholesky(matrix: readonly number[][]): number[][] {
  const factor = matrix.map((row) => row.map(() => 0))
  for (let row = 0; row < matrix.length; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row]![column]!
      for (let at = 0; at < column; at++) sum -= factor[row]![at]! * factor[column]![at]!
      factor[row]![column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[column]![column]!
    }
  }
  return factor
}

/** Solves factor * x = values. */
function forwards(factor: readonly number[][], values: readonly number[]): number[] {
  const solved: number[] = []
  values.forEach((value, row) => {
    let rest = value
    for (let at = 0; at < row; at++) rest -= factor[row]![at]! * solved[at]!
    solved.push(rest / factor[row]![row]!)
  })
  return solved
}

/** Solves transposed factor * x = values. */
function backwards(factor: readonly number[][], values: readonly number[]): number[] {
  const solved = new Array<number>(values.length).fill(0)
  for (let row = values.length - 1; row >= 0; row--) {
    let rest = values[row]!
    for (let at = row + 1; at < values.length; at++) rest -= factor[at]![row]! * solved[at]!
    solved[row] = rest / factor[row]![row]!
  }
  return solved
}

/** What is to come of each person; of one without any value what peers of the group do, with all their spread. */
export function forecastPeers(history: History, model: PeerModel, horizon: number): PersonForecast[] {
  const periods = periodsOf(history)
  const level = model.levels[periods - 1]!
  const drift = Number.isNaN(model.drift) ? model.person + model.noise : model.drift
  const solvers = new Map<string, number[][]>()
  return history.values.map((series, index) => {
    const group = model.groups[history.group[index]!]!
    const known = Array.from(series.keys()).filter((period) => !Number.isNaN(series[period]!))
    const key = known.join()
    const factor = solvers.get(key) ?? cholesky(covariance(known, model))
    solvers.set(key, factor)
    const departures = known.map((period) => series[period]! - model.levels[period]! - group)
    const weights = backwards(factor, forwards(factor, departures))
    const shared = (step: number) =>
      known.map((period) => model.person * model.memory ** (periods - 1 + step - period))
    return {
      mean: ahead(horizon, (step) => level + group + dot(shared(step), weights)),
      deviation: ahead(horizon, (step) => {
        const explained = forwards(factor, shared(step))
        return Math.sqrt(Math.max(model.person - dot(explained, explained), 0) + model.noise + drift * step)
      }),
    }
  })
}

const dot = (left: readonly number[], right: readonly number[]) =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0)
