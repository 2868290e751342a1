import type { Finding } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Supply } from '../check/supply.ts'
import { knownCriteria, noteAt, warnAt } from './finding.ts'
import type { KnownCriterion } from './finding.ts'
import { mostFacts, pointsOfCriterion, pointsOfFact } from './points-range.ts'

/** Whether anything above the criterion holds its sum: cap or share of its groups, its area or the total. */
function isHeldAbove({ id, area }: Criterion, document: RegulationDocument): boolean {
  const above = [
    ...document.groups.filter(({ criteria }) => criteria.includes(id)),
    ...document.areas.filter((one) => one.id === area),
  ]
  return (
    document.total.cap !== null ||
    above.some(({ cap, shareOfTotal }) => cap !== null || shareOfTotal !== null)
  )
}

/**
 * Points that grow with a value nothing limits; says how much of it outweighs the best single result of a clause with fixed
 * points. A value counts as unlimited when its largest possible amount gives more than that result.
 */
export function lintUnbounded(document: RegulationDocument, supply: Supply): Finding[] {
  const known = knownCriteria(document, supply)
  const best = bestFixed(known, document)
  if (!best) return []
  return known.flatMap(({ criterion, index, indicator }) => {
    const { points: rule, id: clause } = criterion
    if (rule.kind !== 'per-value' || Number(rule.points) <= 0 || isHeldAbove(criterion, document)) return []
    const fact = pointsOfFact(criterion, document, indicator)
    if (!fact || fact.max <= best.points || criterion.cap !== null) return []
    const amount =
      ((best.points - Number(rule.plus)) * Number(rule.per)) / Number(rule.points) + Number(rule.above)
    const params = {
      clause,
      value: rule.of,
      amount: Math.ceil(amount),
      other: best.clause,
      points: best.points,
    }
    return [warnAt(['criteria', index, 'cap'], 'unbounded', params)]
  })
}

/** The criterion of fixed points whose single fact can give most. */
function bestFixed(known: readonly KnownCriterion[], document: RegulationDocument) {
  const ranked = known
    .filter(({ criterion }) => criterion.points.kind !== 'per-value')
    .map(({ criterion, indicator }) => ({
      clause: criterion.id,
      points: pointsOfFact(criterion, document, indicator)?.max ?? Infinity,
    }))
    .filter(({ points }) => Number.isFinite(points) && points > 0)
    .sort((a, b) => b.points - a.points)
  return ranked[0] ?? null
}

/** Caps that what they hold can never reach. */
export function lintIdleCaps(document: RegulationDocument, supply: Supply): Finding[] {
  const mostOf = (criterion: Criterion) => {
    const indicator = supply.indicator(criterion.indicator)
    return (indicator && pointsOfCriterion(criterion, document, indicator)?.max) ?? Infinity
  }
  const sum = (criteria: readonly Criterion[]) => criteria.reduce((most, one) => most + mostOf(one), 0)
  const idle = (path: readonly (string | number)[], clause: string, cap: string | null, most: number) =>
    cap !== null && Number(cap) > most ? [warnAt(path, 'cap-idle', { clause, cap, most })] : []
  const { criteria, groups, areas, rollUps } = document
  return [
    ...criteria.flatMap((criterion, index) =>
      idle(['criteria', index, 'cap'], criterion.id, criterion.cap, mostOf({ ...criterion, cap: null })),
    ),
    ...groups.flatMap((group, index) =>
      idle(
        ['groups', index, 'cap'],
        group.id,
        group.cap,
        sum(criteria.filter(({ id }) => group.criteria.includes(id))),
      ),
    ),
    ...areas
      .map(({ id, cap }, index) => ({ id, cap, index }))
      .filter(({ id }) => !rollUps.some(({ area }) => area === id))
      .flatMap(({ id, cap, index }) =>
        idle(['areas', index, 'cap'], id, cap, sum(criteria.filter(({ area }) => area === id))),
      ),
  ]
}

/** The fewest facts by which one criterion of fixed points alone reaches the lowest norm (or the lowest band above 0). */
export function lintCheapestWay(document: RegulationDocument, supply: Supply): Finding[] {
  const target = lowestTarget(document)
  if (target === null) return []
  const ways = knownCriteria(document, supply)
    .filter(
      ({ criterion }) =>
        criterion.points.kind !== 'per-value' &&
        criterion.cap === null &&
        mostFacts(criterion) === Infinity &&
        !isHeldAbove(criterion, document),
    )
    .map(({ criterion, indicator }) => ({
      criterion,
      points: pointsOfFact(criterion, document, indicator)?.max ?? 0,
    }))
    .filter(({ points }) => points > 0 && Number.isFinite(points))
    .map(({ criterion, points }) => ({ id: criterion.id, facts: Math.ceil(target / points) }))
    .sort((a, b) => a.facts - b.facts)
    .slice(0, 3)
  if (ways.length === 0) return []
  const list = ways.map(({ id, facts }) => `${id} × ${facts}`)
  return [noteAt(['criteria'], 'cheapest-way', { clause: document.code, target, ways: list })]
}

function lowestTarget({ norms, bands, bandsBy }: RegulationDocument): number | null {
  const ofNorms = norms.flatMap(({ byPosition, points }) => [
    ...Object.values(byPosition),
    ...(points === null ? [] : [points]),
  ])
  const ofBands = bandsBy === 'total' ? bands.flatMap(({ from }) => from ?? []) : []
  const targets = (ofNorms.length > 0 ? ofNorms : ofBands).map(Number).filter((points) => points > 0)
  return targets.length > 0 ? Math.min(...targets) : null
}
