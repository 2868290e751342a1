import type { Backend } from '../network/backend.ts'
import { createModel, forecastAll, usual } from '../network/model.ts'
import { tryOnPast } from './backtest.ts'
import type { Tried } from './backtest.ts'
import { countOf, knownOf, periodsOf } from './history.ts'
import type { History, PersonForecast } from './history.ts'
import { bounded } from './intervals.ts'
import type { Forecast } from './intervals.ts'
import { fitPeers, forecastPeers } from './peers.ts'

/** peers: empirical Bayes among peers alone; both: its mean with the network's forecast. */
export type Basis = 'peers' | 'both'
export interface PersonOutlook extends Forecast {
  basis: Basis
  /** Periods with a value. */
  periods: number
}
export interface Outlook {
  /** null: nothing is known of this person, and nothing is said. */
  people: (PersonOutlook | null)[]
  tried: Tried
}
export interface OutlookOptions {
  horizon: number
  seed: number
}

/** What a network needs to say anything about the last step: as many values before as its windows have, and one for each step after. */
const shortestForNetwork = 4
const fewestSeries = 100
/** Two kinds of networks, so many of each. */
export const networkOptions = { ...usual, epochs: 15, networks: 3 } as const

/**
 * Forecasts of everybody with at least one value: by peers, and from the network once enough people have long enough histories; intervals
 * reach as far as they had to on the university's own past. The same history and seed give the same numbers on the same backend.
 */
export function forecastRatings(backend: Backend, history: History, options: OutlookOptions): Outlook {
  const { horizon } = options
  const byPeers = (known: History, steps: number) => forecastPeers(known, fitPeers(known), steps)
  const tried = tryOnPast(history, horizon, byPeers)
  const found = byPeers(history, horizon)
  const networked = forecastByNetwork(backend, history, options)
  const people = history.values.map((series, index) => {
    const periods = countOf(series)
    if (periods === 0) return null
    const peers = found[index]!
    const network = networked?.get(index) ?? null
    const joined = network ? joinWider(peers, network) : peers
    return {
      ...bounded(joined.mean, joined.deviation, tried.reach),
      basis: network ? ('both' as const) : ('peers' as const),
      periods,
    }
  })
  return { people, tried }
}

/** By index of the person, for those whose history is long and whole at its end; null: too few to learn from. */
function forecastByNetwork(
  backend: Backend,
  history: History,
  { horizon, seed }: OutlookOptions,
): Map<number, PersonForecast> | null {
  const newest = periodsOf(history) - 1
  const long = history.values.flatMap((series, index) =>
    countOf(series) >= shortestForNetwork + horizon && !Number.isNaN(series[newest]!) ? [index] : [],
  )
  if (long.length < fewestSeries) return null
  const series = long.map((index) => knownOf(history.values[index]!))
  const model = createModel(backend, series, {
    ...networkOptions,
    horizon,
    seed,
  })
  const found = forecastAll(backend, model, series)
  return new Map(
    long.map((person, at) => {
      const [, lower, , mean, , upper] = found[at]!
      const deviation = mean!.map((_, step) => (upper![step]! - lower![step]!) / (2 * 1.2815515655446004))
      return [person, { mean: mean!, deviation }]
    }),
  )
}

/** The mean of the two points, with the wider of the two spreads. */
function joinWider(one: PersonForecast, other: PersonForecast): PersonForecast {
  return {
    mean: one.mean.map((value, step) => (value + other.mean[step]!) / 2),
    deviation: one.deviation.map((value, step) => Math.max(value, other.deviation[step]!)),
  }
}
