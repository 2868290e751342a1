import type { Finding } from '../../contract/problem.ts'
import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Comparison, Condition } from '../../contract/regulation/rule.ts'
import { areDisjoint } from '../../rating/compile/disjoint.ts'
import type { Supply } from '../check/supply.ts'
import { kindOfValue } from '../check/values.ts'
import { knownCriteria, pairsOf, warnAt } from './finding.ts'
import type { KnownCriterion } from './finding.ts'
import { isOutside, shownRange } from './ranges.ts'
import { rangeOfValue } from './value-range.ts'

const isThreshold = ({ atLeast, above, atMost, below }: Condition) =>
  [atLeast, above, atMost, below].some((bound) => bound !== undefined)

/** A comparison as the range of numbers it lets through. */
export function rangeOf({ atLeast, above, atMost, below }: Condition | Comparison) {
  return {
    from: atLeast ?? above ?? null,
    to: atMost ?? below ?? null,
    fromInclusive: atLeast !== undefined,
    toInclusive: atMost !== undefined,
  }
}

/** Conditions that no value of the facts can fulfil. */
export function lintConditions(document: RegulationDocument, supply: Supply): Finding[] {
  return knownCriteria(document, supply).flatMap(({ criterion, index, indicator }) =>
    criterion.where.flatMap((condition, at) => {
      const { value } = condition
      if (value === undefined || !isThreshold(condition)) return []
      const possible = rangeOfValue(indicator, value)
      if (!isOutside(rangeOf(condition), possible)) return []
      const params = { clause: criterion.id, value, ...shownRange(possible) }
      return [warnAt(['criteria', index, 'where', at], 'condition-unreachable', params)]
    }),
  )
}

/** Choices that the conditions admit and the table does not name: they give `otherwise`, which nobody wrote down. */
export function lintTables(document: RegulationDocument, supply: Supply): Finding[] {
  return knownCriteria(document, supply).flatMap(({ criterion, index, indicator }) => {
    const { points: rule, where, id: clause } = criterion
    if (rule.kind !== 'table' || rule.otherwise !== '0') return []
    const choices = kindOfValue(indicator, rule.by)?.choices ?? []
    const missing = choices.filter(
      (choice) =>
        !Object.hasOwn(rule.points, choice) && !areDisjoint(where, [{ value: rule.by, is: [choice] }]),
    )
    return missing.length === 0
      ? []
      : [
          warnAt(['criteria', index, 'points', 'points'], 'choices-without-points', {
            clause,
            value: rule.by,
            choices: missing,
          }),
        ]
  })
}

/** A threshold on one number and points by a table of another value: what lies above the threshold is not told apart. */
export function lintThresholds(document: RegulationDocument): Finding[] {
  return document.criteria.flatMap(({ id: clause, where, points }, index) => {
    if (points.kind !== 'table') return []
    return where.flatMap((condition, at) =>
      condition.value !== undefined &&
      isThreshold(condition) &&
      ![points.by, points.column].includes(condition.value)
        ? [
            warnAt(['criteria', index, 'where', at], 'threshold-not-scored', {
              clause,
              value: condition.value,
              by: points.by,
            }),
          ]
        : [],
    )
  })
}

/** Two criteria alike but that one asks a value for a threshold and the other for being unknown. */
export function lintUnknownCounts(document: RegulationDocument, supply: Supply): Finding[] {
  return pairsOf(knownCriteria(document, supply)).flatMap(([a, b]) => [
    ...unknownCounts(a, b),
    ...unknownCounts(b, a),
  ])
}

function unknownCounts({ criterion: a }: KnownCriterion, { criterion: b, index }: KnownCriterion): Finding[] {
  if (a.indicator !== b.indicator) return []
  return b.where.flatMap((condition, at) => {
    const { value } = condition
    if (!condition.unknown || value === undefined) return []
    const asked = a.where.some((one) => one.value === value && isThreshold(one))
    const without = (criterion: Criterion) => criterion.where.filter((one) => one.value !== value)
    if (!asked || areDisjoint(without(a), without(b))) return []
    return [warnAt(['criteria', index, 'where', at], 'unknown-counts', { clause: b.id, other: a.id, value })]
  })
}
