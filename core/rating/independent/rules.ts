import type { Rule, Split } from '../../contract/regulation/rule.ts'
import {
  compare,
  cutOff,
  exact,
  greatest,
  isZero,
  least,
  minus,
  one,
  part,
  plus,
  quotient,
  roundTo,
  times,
  zero,
} from './exact.ts'
import type { Exact } from './exact.ts'
import { workOut } from './formula.ts'
import type { Read } from './formula.ts'
import type { Fact } from './people.ts'
import { numberIn, textIn } from './values.ts'

/** What a plugin's function gives, worked out apart from it; null: unknown. */
export type Answer = (use: string, params: Record<string, unknown>, read: Read) => Exact | null

const unless = (points: string) => (points === 'block' ? null : exact(points))

/** What a rule gives; null: it needs what is unknown. `quantity`: what the points of a table are for. */
export function apply(rule: Rule, read: Read, quantity: Exact | null, answer: Answer): Exact | null {
  switch (rule.kind) {
    case 'per-unit':
      return times(numberIn(read, 'quantity')!, exact(rule.points))
    case 'per-value':
      return perValue(rule, numberIn(read, rule.of))
    case 'table': {
      const points = inTable(rule, read)
      return points === null ? null : quantity === null ? points : times(points, quantity)
    }
    case 'tiers': {
      const value = numberIn(read, rule.of)
      if (value === null) return unless(rule.whenUnknown)
      const tier = rule.tiers.find((one) => isWithin(one, value))
      return tier ? exact(tier.points) : unless(rule.otherwise)
    }
    case 'formula':
      return (workOut(rule.formula, read) as Exact | null) ?? unless(rule.whenUnknown)
    case 'expert': {
      const given = numberIn(read, 'expertPoints')
      if (given === null) return unless(rule.whenUnknown)
      return compare(given, exact(rule.from)) >= 0 && compare(given, exact(rule.to)) <= 0 ? given : null
    }
    case 'function':
      return answer(rule.use, rule.params, read) ?? unless(rule.whenUnknown)
  }
}

function perValue(rule: Extract<Rule, { kind: 'per-value' }>, value: Exact | null): Exact | null {
  if (value === null) return unless(rule.whenUnknown)
  const [above, per, points] = [exact(rule.above), exact(rule.per), exact(rule.points)]
  const counted = isZero(above) ? value : greatest(minus(value, above), zero)
  const given = rule.wholeBlocks ? times(cutOff(counted, per, 0), points) : whole(times(counted, points), per)
  const result = plus(given, exact(rule.plus))
  const raised = rule.least === null ? result : greatest(result, exact(rule.least))
  return rule.most === null ? raised : least(raised, exact(rule.most))
}

/** Nothing is divided where there is nothing to divide by: the digits stay. */
const whole = (a: Exact, b: Exact) => (compare(b, one) === 0 ? a : part(a, b))

function inTable(rule: Extract<Rule, { kind: 'table' }>, read: Read): Exact | null {
  const by = textIn(read, rule.by)
  const column = rule.column === null ? '' : textIn(read, rule.column)
  if (by === null || column === null) return unless(rule.whenUnknown)
  const row = Object.hasOwn(rule.points, by) ? rule.points[by]! : null
  const cell = row === null || typeof row === 'string' ? row : (row[column] ?? null)
  return cell === null ? unless(rule.otherwise) : exact(cell)
}

type Tier = Extract<Rule, { kind: 'tiers' }>['tiers'][number]
function isWithin(tier: Tier, value: Exact): boolean {
  const low = tier.from === null ? 1 : compare(value, exact(tier.from))
  const high = tier.to === null ? -1 : compare(value, exact(tier.to))
  return (low > 0 || (low === 0 && tier.fromInclusive)) && (high < 0 || (high === 0 && tier.toInclusive))
}

/** The part of the points of a work that is the teacher's. */
export function divideWork(split: Split, points: Exact, fact: Fact, read: Read): Exact | null {
  const people = fact.participants ?? 1
  const equally = people === 1 ? points : quotient(points, exact(people))
  switch (split.kind) {
    case 'equal':
      return equally
    case 'share':
      return fact.share ? roundTo(times(points, exact(fact.share)), 12) : null
    case 'by-count': {
      const given = split.parts[String(people)]
      if (given !== undefined) return times(points, exact(given))
      return split.beyond === 'equal' ? equally : times(points, exact(split.beyond))
    }
    case 'by-role':
      return byRole(split, points, fact)
    case 'by-order': {
      const ordinal = numberIn(read, 'ordinal')
      if (ordinal === null) return null
      return times(points, exact(split.parts[Number(ordinal.units) - 1] ?? split.beyond))
    }
    case 'formula': {
      const by = workOut(split.formula, read) as Exact | null
      return by === null ? null : times(points, by)
    }
  }
}

function byRole(split: Extract<Split, { kind: 'by-role' }>, points: Exact, fact: Fact): Exact | null {
  if (!fact.role) return null
  if (split.leading.includes(fact.role)) return times(points, exact(split.leadingPart))
  const theirs = times(points, exact(split.othersPart))
  const people = fact.participants ?? 1
  if (!split.othersDivide || people === 1) return theirs
  const roles = Object.entries(fact.roleCounts ?? {})
  const known = roles.reduce((all, [, count]) => all + count, 0)
  if (known !== people) return null
  const others = roles.filter(([role]) => !split.leading.includes(role))
  return quotient(theirs, exact(others.reduce((all, [, count]) => all + count, 0)))
}

/** Nothing where several share too little of something; null: how much there is of it is unknown. */
export function afterMinimum(
  { of, perParticipant }: NonNullable<Split['minimum']>,
  points: Exact,
  fact: Fact,
  read: Read,
): Exact | null {
  const people = fact.participants ?? 1
  if (people === 1) return points
  const value = numberIn(read, of)
  if (value === null) return null
  return compare(value, times(exact(perParticipant), exact(people))) >= 0 ? points : zero
}
