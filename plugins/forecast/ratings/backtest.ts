import { pool, poolMethods } from '../methods/pool.ts'
import type { PoolMethod } from '../methods/pool.ts'
import { knownAfter, knownOf, periodsOf } from './history.ts'
import type { History, PersonForecast } from './history.ts'
import { reachOf } from './intervals.ts'
import type { Reach } from './intervals.ts'

/** How a way of forecasting would have done on the past: errors in points, coverage as shares of 1. */
export interface Backtest {
  /** Periods after which it was tried. */
  origins: number
  /** Forecasts whose outcome is known. */
  forecasts: number
  ours: number
  /** The same as last time. */
  naive: number
  /** The classical method that did best here, chosen with the outcomes known. */
  best: { method: PoolMethod; error: number }
  /** Share of outcomes inside the intervals, each half of the people judged by the reach of the other; null: too few. */
  cov80: number | null
  cov95: number | null
}

export interface Tried {
  backtest: Backtest | null
  reach: Reach
}

const mostOrigins = 3
/** After fewer periods nothing is known of how the common level moves, and intervals of another width are tried; only where there is no choice. */
const shortestPast = 2
const fewestForJudging = 40

/** Tries a forecaster after each of the last periods that have one before and one after them; null: there is none. */
export function tryOnPast(
  history: History,
  horizon: number,
  forecast: (known: History, horizon: number) => PersonForecast[],
): Tried {
  const periods = periodsOf(history)
  const scores: { person: number; score: number }[] = []
  const errors = { ours: 0, naive: 0, pool: new Map<PoolMethod, number>() }
  let origins = 0
  const first = Math.max(periods > shortestPast ? shortestPast : 1, periods - mostOrigins)
  for (let origin = periods - 1; origin >= first; origin--) {
    const known = knownAfter(history, origin)
    const found = forecast(known, horizon)
    const before = scores.length
    known.values.forEach((series, person) => {
      const past = knownOf(series)
      if (past.length === 0) return
      const outcome = history.values[person]!.subarray(origin, origin + horizon)
      if (outcome.every(Number.isNaN)) return
      judge({ person, past, outcome, found: found[person]! })
    })
    if (scores.length > before) origins++
  }
  if (scores.length === 0) return { backtest: null, reach: reachOf([]) }
  return { backtest: summary(), reach: reachOf(scores.map(({ score }) => score)) }

  function judge(one: {
    person: number
    past: Float64Array
    outcome: Float64Array
    found: PersonForecast
  }): void {
    const others = new Map(poolMethods.map((method) => [method, pool[method](one.past, one.outcome.length)]))
    one.outcome.forEach((value, step) => {
      if (Number.isNaN(value)) return
      const miss = Math.abs(value - one.found.mean[step]!)
      scores.push({ person: one.person, score: miss / Math.max(one.found.deviation[step]!, 1e-9) })
      errors.ours += miss
      for (const [method, said] of others) {
        errors.pool.set(method, (errors.pool.get(method) ?? 0) + Math.abs(value - said[step]!))
      }
    })
  }

  function summary(): Backtest {
    const count = scores.length
    const [method, error] = [...errors.pool].reduce((best, one) => (one[1] < best[1] ? one : best))
    return {
      origins,
      forecasts: count,
      ours: errors.ours / count,
      naive: errors.pool.get('naive')! / count,
      best: { method, error: error / count },
      ...coverage(scores),
    }
  }
}

function coverage(scores: readonly { person: number; score: number }[]): Pick<Backtest, 'cov80' | 'cov95'> {
  if (scores.length < fewestForJudging) return { cov80: null, cov95: null }
  let [inside80, inside95] = [0, 0]
  for (const half of [0, 1]) {
    const mine = scores.filter(({ person }) => person % 2 === half)
    const reach = reachOf(scores.filter(({ person }) => person % 2 !== half).map(({ score }) => score))
    inside80 += mine.filter(({ score }) => score <= reach.inner).length
    inside95 += mine.filter(({ score }) => score <= reach.outer).length
  }
  return { cov80: inside80 / scores.length, cov95: inside95 / scores.length }
}
