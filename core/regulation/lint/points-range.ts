import type { Criterion, RegulationDocument } from '../../contract/regulation/document.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import type { SuppliedIndicator } from '../check/supply.ts'
import { rangeOfValue } from './value-range.ts'

/** Lowest and highest, both inclusive. */
export interface PointsRange {
  min: number
  max: number
}

/** What one fact can give by a criterion, after factors, split and capPerFact; null: it cannot be told. */
export function pointsOfFact(
  criterion: Criterion,
  document: RegulationDocument,
  indicator: SuppliedIndicator,
): PointsRange | null {
  const factors = criterion.factors.map((id) => document.coefficients.find((one) => one.id === id)?.rule)
  const parts = [criterion.points, ...factors].map((rule) => (rule ? pointsOfRule(rule, indicator) : null))
  if (parts.includes(null)) return null
  const product = (parts as PointsRange[]).reduce(times)
  const shared = criterion.split === null ? product : splitOf(criterion.split, product)
  if (shared === null || criterion.capPerFact === null) return shared
  const cap = Number(criterion.capPerFact)
  return { min: Math.min(shared.min, cap), max: Math.min(shared.max, cap) }
}

/** What a rule can give for a value it knows; null: it cannot be told. */
export function pointsOfRule(rule: Rule, indicator: SuppliedIndicator): PointsRange | null {
  const quantity = rangeOfValue(indicator, 'quantity')
  switch (rule.kind) {
    case 'per-unit':
      return times(quantity, single(rule.points))
    case 'per-value':
      return perValue(rule, rangeOfValue(indicator, rule.of))
    case 'table':
      return times(
        quantity,
        spanOf([...Object.values(rule.points).flatMap(valuesOf), ...known(rule.otherwise)]),
      )
    case 'tiers':
      return spanOf([...rule.tiers.map(({ points }) => points), ...known(rule.otherwise)])
    case 'expert':
      return { min: Number(rule.from), max: Number(rule.to) }
    case 'formula':
    case 'function':
      return null
  }
}

function perValue(rule: Extract<Rule, { kind: 'per-value' }>, value: PointsRange): PointsRange {
  const above = Number(rule.above)
  const slope = Number(rule.points) / Number(rule.per)
  const ends = [value.min, value.max].map((end) => {
    const counted = above === 0 ? end : Math.max(end - above, 0)
    return (slope === 0 ? 0 : counted * slope) + Number(rule.plus)
  })
  const hold = (points: number) =>
    Math.min(
      Math.max(points, rule.least === null ? -Infinity : Number(rule.least)),
      rule.most === null ? Infinity : Number(rule.most),
    )
  return { min: hold(Math.min(...ends)), max: hold(Math.max(...ends)) }
}

/** A part of the whole is never more than the whole, except where a document gives parts above 1. */
function splitOf(split: NonNullable<Criterion['split']>, points: PointsRange): PointsRange | null {
  if (split.kind === 'formula') return null
  const parts =
    split.kind === 'by-count'
      ? [...Object.values(split.parts), split.beyond === 'equal' ? '0' : split.beyond]
      : split.kind === 'by-role'
        ? [split.leadingPart, split.othersPart]
        : split.kind === 'by-order'
          ? [...split.parts, split.beyond]
          : ['0', '1']
  return times(points, spanOf(parts))
}

const single = (points: string): PointsRange => ({ min: Number(points), max: Number(points) })
const known = (points: string) => (points === 'block' ? [] : [points])
const valuesOf = (row: string | Record<string, string>) =>
  typeof row === 'string' ? [row] : Object.values(row)

function spanOf(points: readonly string[]): PointsRange {
  const numbers = points.map(Number)
  return { min: Math.min(...numbers), max: Math.max(...numbers) }
}

function times(a: PointsRange, b: PointsRange): PointsRange {
  const products = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max].map((p) =>
    Number.isNaN(p) ? 0 : p,
  )
  return { min: Math.min(...products), max: Math.max(...products) }
}

/** What a teacher can get by a criterion, after keep and the criterion's own limits; null: it cannot be told. */
export function pointsOfCriterion(
  criterion: Criterion,
  document: RegulationDocument,
  indicator: SuppliedIndicator,
): PointsRange | null {
  const fact = pointsOfFact(criterion, document, indicator)
  if (!fact) return null
  const most = mostFacts(criterion)
  const sum = {
    min: Math.min(0, fact.min) * (fact.min < 0 ? most : 1),
    max: Math.max(0, fact.max) * (fact.max > 0 ? most : 1),
  }
  return limited(sum, criterion)
}

/** How many facts can count; Infinity: nothing limits them. */
export function mostFacts({ together, keep }: Criterion): number {
  if (together !== null) return 1
  return Math.min(Infinity, ...keep.filter(({ per }) => per.length === 0).map(({ most }) => most))
}

export function limited(
  range: PointsRange,
  limits: { cap: string | null; floor: string | null },
): PointsRange {
  const cap = limits.cap === null ? Infinity : Number(limits.cap)
  const floor = limits.floor === null ? -Infinity : Number(limits.floor)
  return { min: Math.max(Math.min(range.min, cap), Math.min(floor, 0)), max: Math.min(range.max, cap) }
}
