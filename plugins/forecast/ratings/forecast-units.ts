import { ahead } from '../methods/method.ts'
import { theta } from '../methods/theta.ts'
import { knownAfter, knownOf, periodsOf } from './history.ts'
import type { History } from './history.ts'
import { bounded, reachOf } from './intervals.ts'
import type { Forecast } from './intervals.ts'
import { fitPeers, forecastPeers } from './peers.ts'

/** Means of units: who belongs to which unit in each period. unit[person][period] is an index in 0..units-1, -1: none. */
export interface Membership {
  unit: readonly Int32Array[]
  units: number
}

/** null: the unit has nobody in the newest period. */
export type UnitOutlook = (Forecast & { periods: number }) | null

/**
 * Forecasts of units' means: half the mean of what peers forecast of the present members, half theta of the unit's own series; the reach of
 * the intervals is learned from all units together, on the university's own past.
 */
export function forecastUnits(history: History, membership: Membership, horizon: number): UnitOutlook[] {
  const periods = periodsOf(history)
  const means = meansOf(history, membership)
  const found = forecastMeans(history, membership, horizon)
  const misses: { step: number; miss: number }[] = []
  for (let origin = Math.max(2, periods - 3); origin < periods; origin++) {
    const known = knownAfter(history, origin)
    forecastMeans(known, membership, horizon).forEach((mean, unit) => {
      mean?.forEach((value, step) => {
        const outcome = means[unit]![origin + step]
        if (outcome !== undefined && !Number.isNaN(outcome))
          misses.push({ step, miss: Math.abs(outcome - value) })
      })
    })
  }
  const rough = roughDeviation(means)
  const typical =
    misses.length === 0
      ? rough
      : Math.sqrt(misses.reduce((sum, { miss }) => sum + miss * miss, 0) / misses.length)
  const deviation = ahead(horizon, (step) => Math.max(typical, 1e-9) * Math.sqrt((step + 1) / 2))
  const reach = reachOf(misses.map(({ step, miss }) => miss / deviation[step]!))
  return found.map((mean, unit) =>
    mean ? { ...bounded(mean, deviation, reach), periods: knownOf(means[unit]!).length } : null,
  )
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
  if (steps.length > 0) return Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length)
  const all = means.flatMap((series) => Array.from(knownOf(series)))
  const mean = all.reduce((sum, value) => sum + value, 0) / Math.max(all.length, 1)
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(all.length, 1))
}
