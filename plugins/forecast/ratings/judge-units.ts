import { pool, poolMethods } from '../methods/pool.ts'
import type { PoolMethod } from '../methods/pool.ts'
import type { Backtest } from './backtest.ts'

/** What came of one unit in one period less what had been forecast after an earlier one. */
export interface UnitMiss {
  /** Periods that were known. */
  origin: number
  points: number
  /** The same in units of the growth of deviations with the step. */
  miss: number
  /** How far off each classical method was; points, at least 0. */
  others: Record<PoolMethod, number>
}

/** By step: how far off each classical method is of what came; NaN where nothing came. */
export function missesOfPool(past: Float64Array, outcomes: Float64Array): Record<PoolMethod, number>[] {
  const said = new Map(poolMethods.map((method) => [method, pool[method](past, outcomes.length)]))
  return Array.from(outcomes, (outcome, step) => {
    const entries = poolMethods.map((method) => [method, Math.abs(outcome - said.get(method)![step]!)])
    return Object.fromEntries(entries) as Record<PoolMethod, number>
  })
}

const fewestForCoverage = 20

/**
 * How units' forecasts would have done on the past. Intervals of each origin are as wide as the others say, since all units share what a period
 * brings; of fewer than two origins or 20 outcomes nothing is said of them. null: nothing was tried.
 */
export function judgeUnits(
  misses: readonly UnitMiss[],
  widthsFrom: (others: readonly UnitMiss[]) => { inner: number; outer: number },
): Backtest | null {
  if (misses.length === 0) return null
  const meanOf = (pick: (one: UnitMiss) => number) =>
    misses.reduce((sum, one) => sum + pick(one), 0) / misses.length
  const errors = poolMethods.map((method) => ({ method, error: meanOf(({ others }) => others[method]) }))
  const origins = [...new Set(misses.map(({ origin }) => origin))]
  const isEnough = origins.length > 1 && misses.length >= fewestForCoverage
  return {
    origins: origins.length,
    forecasts: misses.length,
    ours: meanOf(({ points }) => Math.abs(points)),
    naive: errors.find(({ method }) => method === 'naive')!.error,
    best: errors.reduce((best, one) => (one.error < best.error ? one : best)),
    ...(isEnough ? coverage() : { cov80: null, cov95: null }),
  }

  function coverage() {
    let [inside80, inside95] = [0, 0]
    for (const origin of origins) {
      const { inner, outer } = widthsFrom(misses.filter((one) => one.origin !== origin))
      const sizes = misses.filter((one) => one.origin === origin).map(({ miss }) => Math.abs(miss))
      inside80 += sizes.filter((size) => size <= inner).length
      inside95 += sizes.filter((size) => size <= outer).length
    }
    return { cov80: inside80 / misses.length, cov95: inside95 / misses.length }
  }
}
