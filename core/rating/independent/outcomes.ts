import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Areas, Scored } from './areas.ts'
import { compare, plus, roundTo, times, zero } from './exact.ts'
import type { Exact } from './exact.ts'
import type { Line } from './facts.ts'
import { facultyOf, rateIn } from './people.ts'
import { bandOf, moneyOf, placesOf } from './places.ts'
import { statisticOf } from './statistic.ts'
import type { Reason } from './totals.ts'

export interface Outcome {
  code: string
  status: 'ranked' | 'excluded' | 'blocked'
  reasons: Reason[]
  league: string | null
  total: Exact | null
  place: number | null
  band: string | null
  money: Exact | null
  lines: Line[]
  areas: { area: string; points: Exact; weight: Exact; value: Exact }[]
}
export interface UnitOutcome {
  unit: string
  scored: number
  fte: Exact
  total: Exact | null
  place: number | null
}
/** A teacher after step 15. */
export interface Rated extends Scored {
  areas: Areas
  league: string | null
  weights: readonly Exact[] | null
  /** On the scale; null: none. */
  values: readonly (Exact | null)[]
  reasons: Reason[]
  total: Exact | null
  unmet: string[]
}

/** The requirements of this effect that the teacher does not meet. */
export function effects(document: RegulationDocument, { unmet }: Rated, kind: string) {
  return document.requirements.filter(({ id, effect }) => effect.kind === kind && unmet.includes(id))
}

/** Step 16. */
export function outcomesOf(document: RegulationDocument, rated: readonly Rated[]): Outcome[] {
  const status = ({ reasons }: Rated) =>
    reasons.some(({ severity }) => severity === 'blocked')
      ? 'blocked'
      : reasons.length > 0
        ? 'excluded'
        : 'ranked'
  const tieAreas = document.ranking.tieBreakers.map((id) =>
    document.areas.findIndex((area) => area.id === id),
  )
  const ranked = rated.filter((one) => status(one) === 'ranked')
  const places = placesOf(
    document,
    ranked.map((one) => ({
      code: one.person.code,
      league: one.league,
      total: one.total!,
      ties: tieAreas.map((area) => {
        const value = one.values[area] ?? null
        return value === null ? null : times(value, one.weights![area]!)
      }),
      lowest: Math.max(
        1,
        ...effects(document, one, 'place').map(({ effect }) =>
          effect.kind === 'place' ? effect.notAbove : 1,
        ),
      ),
    })),
  )
  const outcomes = rated.map((one): Outcome => {
    const place = places.get(one.person.code) ?? null
    const size = ranked.filter(({ league }) => league === one.league).length
    const notAbove = effects(document, one, 'band').map(({ effect }) =>
      effect.kind === 'band' ? effect.notAbove : '',
    )
    return {
      code: one.person.code,
      status: status(one),
      reasons: one.reasons,
      league: one.league,
      total: one.total,
      place,
      band: bandOf(document, { total: one.total, place, size }, notAbove),
      money: null,
      lines: one.lines,
      areas: document.areas.flatMap(({ id }, index) => {
        const value = one.values[index] ?? null
        if (value === null || one.weights === null) return []
        return [{ area: id, points: one.areas.areas.get(id)!.points, weight: one.weights[index]!, value }]
      }),
    }
  })
  const due = outcomes.filter(
    (one, index) => one.status === 'ranked' && effects(document, rated[index]!, 'no-money').length === 0,
  )
  const position = new Map(rated.map(({ person }) => [person.code, person.position]))
  const money = moneyOf(
    document,
    due.map(({ code, total, band }) => ({ code, total: total!, band, position: position.get(code) ?? null })),
  )
  return outcomes.map((one) => ({ ...one, money: money.get(one.code) ?? null }))
}

export function unitsOf(document: RegulationDocument, rated: readonly Rated[]): UnitOutcome[] {
  const statistic = document.units
  if (statistic === null) return []
  const departments = Object.keys(facultyOf)
  const units = [...departments, ...new Set(Object.values(facultyOf))].flatMap((unit) => {
    const staff = rated.flatMap(({ person, total }) => {
      const rate = rateIn(person, unit)
      return rate === null ? [] : [{ rate, whole: person.rate, value: total }]
    })
    const known = staff.flatMap(({ value, ...rest }) => (value === null ? [] : [{ value, ...rest }]))
    if (staff.length === 0) return []
    const total = known.length === 0 ? null : statisticOf(statistic, known)
    return [{ unit, scored: known.length, fte: known.map(({ rate }) => rate).reduce(plus, zero), total }]
  })
  const isDepartment = (unit: string) => departments.includes(unit)
  return units.map((one) => {
    const better = units.filter(
      (other) =>
        isDepartment(other.unit) === isDepartment(one.unit) &&
        other.total !== null &&
        one.total !== null &&
        compare(roundTo(other.total, 9), roundTo(one.total, 9)) > 0,
    )
    return { ...one, place: one.total === null ? null : better.length + 1 }
  })
}
