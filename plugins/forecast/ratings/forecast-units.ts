import type { Backtest } from './backtest.ts'
import { judgeUnits, missesOfPool } from './judge-units.ts'
import type { UnitMiss } from './judge-units.ts'
import { ahead } from '../methods/method.ts'
import { theta } from '../methods/theta.ts'
import { knownAfter, knownOf, periodsOf } from './history.ts'
import type { History } from './history.ts'
import { reachOf, studentReach } from './intervals.ts'
import type { Forecast } from './intervals.ts'
import { fitPeers, forecastPeers } from './peers.ts'

/** Means of units: who belongs to which unit in each period. unit[person][period] is an index in 0..units-1, -1: none. */
export interface Membership {
  unit: readonly Int32Array[]
  units: number
}

/** null: the unit has nobody in the newest period. */
export type UnitOutlook = (Forecast & { periods: number }) | null
export interface UnitsOutlook {
  units: UnitOutlook[]
  /** null: there is no past to try it on. */
  backtest: Backtest | null
}

/**
 * Forecasts of units' means: half the mean of what peers forecast of the present members, half theta of the unit's own series. How wide the
 * intervals are is learned from all units together, on the university's own past.
 */
export function forecastUnits(history: History, membership: Membership, horizon: number): UnitsOutlook {
  const means = meansOf(history, membership)
  const found = forecastMeans(history, membership, horizon)
  const misses = triedMisses(history, membership, horizon)
  const rough = roughDeviation(means)
  const half = halfWidths(misses, rough)
  const units = found.map((mean, unit) =>
    mean ? { ...between(mean, half.inner, half.outer), periods: knownOf(means[unit]!).length } : null,
  )
  return { units, backtest: judgeUnits(misses, (others) => halfWidths(others, rough)) }
}

/** Of intervals a year or more away bounds are wider by the root of the distance; 1 at the first step. */
const growthAt = (step: number) => Math.sqrt((step + 1) / 2)

function triedMisses(history: History, membership: Membership, horizon: number): UnitMiss[] {
  const periods = periodsOf(history)
  const means = meansOf(history, membership)
  const misses: UnitMiss[] = []
  for (let origin = Math.max(2, periods - 3); origin < periods; origin++) {
    const known = knownAfter(history, origin)
    forecastMeans(known, membership, horizon).forEach((mean, unit) => {
      if (!mean) return
      const outcomes = means[unit]!.subarray(origin, origin + horizon)
      const others = missesOfPool(knownOf(means[unit]!.subarray(0, origin)), outcomes)
      outcomes.forEach((outcome, index) => {
        if (Number.isNaN(outcome)) return
        const points = outcome - mean[index]!
        misses.push({ origin, points, miss: points / growthAt(index + 1), others: others[index]! })
      })
    })
  }
  return misses
}

/**
 * Half widths at the first step. What all units missed alike in one period is chance of its own, of which there are only as many cases as
 * periods were tried: its deviation reaches as far as Student's t of so few says. The rest is learned from all units. Nothing tried: a rough deviation.
 */
function halfWidths(misses: readonly UnitMiss[], rough: number): { inner: number; outer: number } {
  if (misses.length === 0) {
    const { inner, outer } = reachOf([])
    return { inner: inner * rough, outer: outer * rough }
  }
  const origins = [...new Set(misses.map(({ origin }) => origin))]
  const common = new Map(origins.map((one) => [one, meanMiss(misses.filter(({ origin }) => origin === one))]))
  const own = misses.map(({ origin, miss }) => miss - common.get(origin)!)
  const [ofAll, ofOne] = [rootMeanSquare([...common.values()]), Math.max(rootMeanSquare(own), 1e-9)]
  const [shared, alone] = [studentReach(origins.length), reachOf(own.map((miss) => Math.abs(miss) / ofOne))]
  return {
    inner: Math.hypot(shared.inner * ofAll, alone.inner * ofOne),
    outer: Math.hypot(shared.outer * ofAll, alone.outer * ofOne),
  }
}

const meanMiss = (misses: readonly UnitMiss[]) =>
  misses.reduce((sum, { miss }) => sum + miss, 0) / misses.length
const rootMeanSquare = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

function between(mean: Float64Array, inner: number, outer: number): Forecast {
  const at = (half: number) => mean.map((value, index) => value + half * growthAt(index + 1))
  return { mean, lower80: at(-inner), upper80: at(inner), lower95: at(-outer), upper95: at(outer) }
}

/** Mean of each unit in each period; NaN: nobody had a value. */
export function meansOf({ values }: History, { unit, units }: Membership): Float64Array[] {
  const periods = values[0]?.length ?? 0
  const sums = Array.from({ length: units }, () => new Float64Array(periods))
  const counts = Array.from({ length: units }, () => new Float64Array(periods))
  values.forEach((series, person) => {
    series.forEach((value, period) => {
      const at = unit[person]![period]!
      if (at < 0 || Number.isNaN(value)) return
      sums[at]![period] = sums[at]![period]! + value
      counts[at]![period] = counts[at]![period]! + 1
    })
  })
  return sums.map((row, at) =>
    row.map((sum, period) => (counts[at]![period] === 0 ? Number.NaN : sum / counts[at]![period]!)),
  )
}

function forecastMeans(history: History, membership: Membership, horizon: number): (Float64Array | null)[] {
  const newest = periodsOf(history) - 1
  const means = meansOf(history, membership)
  const people = forecastPeers(history, fitPeers(history), horizon)
  return means.map((series, unit) => {
    if (Number.isNaN(series[newest]!)) return null
    const members = people.filter(
      (_, person) =>
        membership.unit[person]![newest] === unit && !Number.isNaN(history.values[person]![newest]!),
    )
    const own = theta(knownOf(series), horizon)
    return ahead(horizon, (step) => {
      const together = members.reduce((sum, { mean }) => sum + mean[step - 1]!, 0) / members.length
      return (together + own[step - 1]!) / 2
    })
  })
}

/** Where nothing could be tried: the root mean square of the steps of all units' means, or their spread. */
function roughDeviation(means: readonly Float64Array[]): number {
  const steps = means.flatMap((series) => {
    const known = knownOf(series)
    return Array.from(known.slice(1), (value, at) => value - known[at]!)
  })
  if (steps.length > 0) return rootMeanSquare(steps)
  const all = means.flatMap((series) => Array.from(knownOf(series)))
  const mean = all.reduce((sum, value) => sum + value, 0) / Math.max(all.length, 1)
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(all.length, 1))
}
