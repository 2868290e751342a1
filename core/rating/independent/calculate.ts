import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { sumAreas, withoutRollUps } from './areas.ts'
import type { Scored } from './areas.ts'
import { exact, isZero, minus, negative, sum, times, toNumber, zero } from './exact.ts'
import type { Exact } from './exact.ts'
import { countFacts } from './facts.ts'
import type { Line, World } from './facts.ts'
import type { Person } from './people.ts'
import { effects, outcomesOf, unitsOf } from './outcomes.ts'
import type { Outcome, Rated, UnitOutcome } from './outcomes.ts'
import { aggregateAll, isPlain, onScale } from './scales.ts'
import type { Known } from './scales.ts'
import { judge, leagueOf, totalOf, unmetRequirements } from './totals.ts'
import type { Reason } from './totals.ts'

/** By area; null: this teacher's are unknown. */
export type WeightsOf = (position: string | null) => readonly string[] | null

/**
 * Scales and aggregations are worked out in floating point, by the product as here: where what it has is as good as equal to `own`, this
 * answers it, so that all that follows is compared to the last digit. null: no value.
 */
export type Settle = (what: { code: string; area: string | null }, own: Known) => Exact | null

/** All 16 steps of core/contract/regulation/README.md, one teacher after the other. */
export function calculate(
  world: World,
  weightsOf: WeightsOf,
  settle: Settle,
): { outcomes: Outcome[]; units: UnitOutcome[] } {
  const { document, people } = world
  const scored = people.map((person): Scored => {
    const lines: Line[] = []
    return { person, lines, criteria: countFacts(world, person, lines) }
  })
  const own = withoutRollUps(world, scored)
  const rated = scored
    .filter(({ person }) => isRated(document, person))
    .map((one): Rated => {
      const areas = sumAreas(world, one, { all: scored, own })
      return {
        ...one,
        areas,
        league: leagueOf(world, one.person),
        weights: weightsOf(one.person.position)?.map(exact) ?? null,
        values: [],
        reasons: [],
        total: null,
        unmet: [],
      }
    })
  bringOntoScales(document, rated, settle)
  for (const one of rated) judge(world, one.person, one, tellTo(one))
  const scores = scoreAll(document, rated, settle)
  rated.forEach((one, index) => finish(world, one, scores[index]!))
  return { outcomes: outcomesOf(document, rated), units: unitsOf(document, rated) }
}

const tellTo =
  ({ reasons }: Rated) =>
  (severity: Reason['severity'], code: string, clause: string | null = null) =>
    void reasons.push({ severity, code, clause })

const leaderKinds = { 'department-leaders': ['d', 'd2', 'e'], 'faculty-leaders': ['faculty', 'other'] }
function isRated({ rated }: RegulationDocument, { leads }: Person): boolean {
  return rated === 'all' || leads.some((unit) => leaderKinds[rated].includes(unit))
}

/** Step 13, first part. */
function bringOntoScales(document: RegulationDocument, rated: Rated[], settle: Settle): void {
  const byArea = document.areas.map(({ id }) => {
    const rule = document.normalisation.byArea[id] ?? document.normalisation.areas
    const points = rated.map(({ areas }) => areas.areas.get(id)!)
    if (isPlain(rule)) return points.map((one) => one.points)
    const known = points.map((one) => (one.isUnknown ? null : toNumber(one.points)))
    const groups = Map.groupBy(rated.keys(), (row) => (rule.within === 'all' ? 'all' : rated[row]!.league))
    const values: Known[] = rated.map(() => null)
    for (const [group, rows] of groups) {
      if (group === null) continue
      const found = onScale(
        rows.map((row) => known[row]!),
        rule,
      )
      rows.forEach((row, index) => (values[row] = found[index]!))
    }
    return rated.map(({ person }, row) => {
      // Nobody asks for the value of somebody who is blocked for it.
      const value = points[row]!.isUnknown ? null : (values[row] ?? null)
      if (value === null) return null
      // Of somebody whose weights are unknown the product keeps nothing to settle with.
      return rated[row]!.weights === null
        ? exact(value.toFixed(12))
        : settle({ code: person.code, area: id }, value)
    })
  })
  rated.forEach((one, row) => {
    one.values = byArea.map((values) => values[row]!)
    document.areas.forEach(({ id }, index) => {
      const { points } = one.areas.areas.get(id)!
      const amount = minus(one.values[index] ?? zero, points)
      if (!isZero(amount)) one.lines.push({ kind: 'normalise', area: id, clause: id, fact: null, amount })
    })
  })
}

/** Step 13, second part: what the weighted areas make; null: nothing. */
function scoreAll(document: RegulationDocument, rated: Rated[], settle: Settle): (Exact | null)[] {
  const isSum = document.aggregation.method === 'sum'
  const areas = document.areas.map(({ id }) => id)
  const sums = rated.map(({ lines, values, weights, reasons }) => {
    if (weights === null) {
      reasons.push({ severity: 'blocked', code: 'weights-unknown', clause: null })
      return zero
    }
    const scores = values.map((value, index) => (value === null ? zero : times(value, weights[index]!)))
    scores.forEach((score, index) => {
      const amount = minus(score, values[index] ?? zero)
      const clause = document.weighting.id
      if (!isZero(amount)) lines.push({ kind: 'weight', area: areas[index]!, clause, fact: null, amount })
    })
    const isLost = values.some((value, index) => value === null && !isZero(weights[index]!))
    if (isSum && isLost) reasons.push({ severity: 'blocked', code: 'scale', clause: null })
    return sum(scores)
  })
  if (isSum) return sums
  const rows = rated.map(({ areas: found, values, weights, league }) => ({
    values: values.map((value, index) =>
      value === null || found.areas.get(areas[index]!)!.isUnknown ? null : toNumber(value),
    ),
    weights: areas.map((_, index) => (weights === null ? Number.NaN : toNumber(weights[index]!))),
    league,
  }))
  return aggregateAll(rows, document.aggregation, areas).map((own, row) => {
    const { person, lines, reasons } = rated[row]!
    const isBlocked = reasons.some(({ severity }) => severity === 'blocked')
    if (own === null) reasons.push({ severity: 'blocked', code: 'scale', clause: null })
    if (own === null || isBlocked) return null
    const total = settle({ code: person.code, area: null }, own)
    if (total === null) return null
    const amount = minus(total, sums[row]!)
    if (!isZero(amount))
      lines.push({ kind: 'aggregate', area: null, clause: 'aggregation', fact: null, amount })
    return total
  })
}

/** Steps 14 and 15. */
function finish(world: World, one: Rated, score: Exact | null): void {
  const { document } = world
  const line = (kind: string, clause: string, amount: Exact) => {
    if (!isZero(amount)) one.lines.push({ kind, area: null, clause, fact: null, amount })
  }
  const total = totalOf(world, one.person, score, { tell: tellTo(one), line })
  const isBlocked = () => one.reasons.some(({ severity }) => severity === 'blocked')
  if (total === null || isBlocked()) return
  one.unmet = unmetRequirements(world, one.person, { ...one, total }, tellTo(one))
  const zeroing = effects(document, one, 'zero')[0]
  if (zeroing) line('requirement', zeroing.id, negative(total))
  one.total = isBlocked() ? null : zeroing ? zero : total
}
