import type { ClausePoints } from '@ustaz/core/plugin'
import type { LocalizedText } from '@ustaz/core/contract'
import { theta } from '../methods/theta.ts'
import type { Membership } from '../ratings/forecast-units.ts'
import { knownOf } from '../ratings/history.ts'
import type { History } from '../ratings/history.ts'

/** What one clause gives a person of a unit on the average, period by period, and is expected to. */
export interface ClauseOutlook {
  /** Index of the unit. */
  unit: number
  area: string | null
  clause: string
  title: LocalizedText
  /** NaN: nobody in the unit had a total. */
  past: Float64Array
  mean: Float64Array
  /** Root mean square of the steps; of a single period, as much as there is. */
  deviation: number
}

export interface ClausePast {
  /** Clauses of each period, as core gives them; clauses a version of the regulation does not have give no points. */
  clauses: readonly (readonly ClausePoints[])[]
  totals: History
  membership: Membership
  /** Index of a unit by its row, -1: none. */
  unitOf(row: ClausePoints): number
}

/** Theta of each clause of each unit, never across 0 where the past was not; clauses that never gave a point are left out. */
export function forecastClauses(past: ClausePast, horizon: number): ClauseOutlook[] {
  const counts = countRated(past)
  return sumClauses(past).map(({ sums, ...one }) => {
    const series = sums.map((sum, period) => {
      const count = counts[one.unit]![period]!
      return count === 0 ? Number.NaN : sum / count
    })
    const known = knownOf(series)
    const mean = theta(known, horizon).map((value) => keepSide(known, value))
    return { ...one, past: series, mean, deviation: stepsOf(known) }
  })
}

interface Summed extends Pick<ClauseOutlook, 'unit' | 'area' | 'clause' | 'title'> {
  sums: Float64Array
}

function sumClauses({ clauses, unitOf }: ClausePast): Summed[] {
  const found = new Map<string, Summed>()
  clauses.forEach((rows, period) => {
    for (const row of rows) {
      const unit = unitOf(row)
      if (unit < 0 || Number(row.points) === 0) continue
      const { area, clause, title } = row
      const key = JSON.stringify([unit, area, clause])
      const one = found.get(key) ?? { unit, area, clause, title, sums: new Float64Array(clauses.length) }
      one.title = title
      one.sums[period]! += Number(row.points)
      found.set(key, one)
    }
  })
  return [...found.values()]
}

/** People with a total by unit and period. */
function countRated({ totals, membership: { unit, units } }: ClausePast): Float64Array[] {
  const counts = Array.from({ length: units }, () => new Float64Array(totals.values[0]?.length ?? 0))
  totals.values.forEach((series, person) => {
    series.forEach((value, period) => {
      const at = unit[person]![period]!
      if (at >= 0 && !Number.isNaN(value)) counts[at]![period]!++
    })
  })
  return counts
}

function keepSide(known: Float64Array, value: number): number {
  if (known.every((one) => one >= 0)) return Math.max(0, value)
  return known.every((one) => one <= 0) ? Math.min(0, value) : value
}

function stepsOf(known: Float64Array): number {
  if (known.length < 2) return Math.abs(known[0] ?? 0)
  const steps = Array.from(known.slice(1), (value, at) => value - known[at]!)
  return Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length)
}
