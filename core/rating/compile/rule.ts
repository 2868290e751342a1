import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import { compileFormula } from './formula.ts'
import { decimal, quotient } from './value.ts'
import type { Fragment, Values } from './value.ts'

export interface RuleContext {
  values: Values
  /** What the points of a table are multiplied by: the quantity of the fact, or 1 (null) where the rule gives a coefficient. */
  times: Fragment | null
  /** The answer of a plugin's function to the values of the row; null in SQL: unknown. */
  answer(rule: RuleOf<'function'>, values: Values): Fragment
}

type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>

/**
 * What a rule gives for one row, exact numeric; null: a value the rule needs is unknown and blocks. Throws `rule-wrong` for a
 * table whose rows and column do not fit, `formula-wrong`.
 */
export function compileRule(rule: Rule, context: RuleContext): Fragment {
  const { values } = context
  switch (rule.kind) {
    case 'per-unit':
      return times(values.number('quantity'), rule.points)
    case 'per-value':
      return perValue(rule, values)
    case 'table':
      return table(rule, context)
    case 'tiers':
      return tiers(rule, values)
    case 'formula':
      return whereUnknown(compileFormula(rule.formula, 'number', values), rule.whenUnknown)
    case 'expert':
      return expert(rule, values)
    case 'function':
      return whereUnknown(context.answer(rule, values), rule.whenUnknown)
  }
}

function perValue(rule: RuleOf<'per-value'>, values: Values): Fragment {
  const value = values.number(rule.of)
  const isPlain = isZero(rule.above) && rule.least === null && rule.most === null
  if (isPlain) return whereUnknown(pointsOf(rule, value), rule.whenUnknown)
  const counted = isZero(rule.above) ? sql`v.value` : sql`greatest(v.value - ${decimal(rule.above)}, 0)`
  return sql`(select case when v.value is null then ${unknownAs(rule.whenUnknown)}
    else ${within(rule, pointsOf(rule, counted))} end from (select ${value} as value) v)`
}

function pointsOf({ per, points, plus, wholeBlocks }: RuleOf<'per-value'>, counted: Fragment): Fragment {
  const result = wholeBlocks
    ? times(isOne(per) ? sql`trunc(${counted})` : sql`div(${counted}, ${decimal(per)})`, points)
    : isOne(per)
      ? times(counted, points)
      : quotient(times(counted, points), decimal(per))
  return isZero(plus) ? result : sql`(${result} + ${decimal(plus)})`
}

function within({ least, most }: RuleOf<'per-value'>, points: Fragment): Fragment {
  const raised = least === null ? points : sql`greatest(${points}, ${decimal(least)})`
  return most === null ? raised : sql`least(${raised}, ${decimal(most)})`
}

function table(rule: RuleOf<'table'>, { values, times: quantity }: RuleContext): Fragment {
  const give = (points: string) => (quantity ? sql`${quantity} * ${decimal(points)}` : decimal(points))
  const giveOr = (points: string) => (points === 'block' ? sql`null::numeric` : give(points))
  const value = values.text(rule.by, Object.keys(rule.points))
  const columns = Object.values(rule.points).flatMap((row) =>
    typeof row === 'string' ? [] : Object.keys(row),
  )
  const column = rule.column === null ? null : values.text(rule.column, columns)
  const choose = (by: Fragment, points: Record<string, Fragment>) => {
    const rows = Object.entries(points).map(([key, cell]) => sql`when ${sql.lit(key)} then ${cell}`)
    return sql`case ${by} ${sql.join(rows, sql` `)} else ${giveOr(rule.otherwise)} end`
  }
  const rows = Object.entries(rule.points).map(([key, row]): [string, Fragment] => {
    if (typeof row === 'string' && !column) return [key, give(row)]
    if (typeof row === 'string' || !column) {
      throw new UstazError('rule-wrong', { status: 422, params: { part: `points.${key}` } })
    }
    const cells = Object.entries(row).map(([name, points]): [string, Fragment] => [name, give(points)])
    return [key, choose(column, Object.fromEntries(cells))]
  })
  const isKnown = column
    ? sql`(${value}) is not null and (${column}) is not null`
    : sql`(${value}) is not null`
  return sql`case when ${isKnown} then ${choose(value, Object.fromEntries(rows))}
    else ${giveOr(rule.whenUnknown)} end`
}

function tiers(rule: RuleOf<'tiers'>, values: Values): Fragment {
  const rows = rule.tiers.map((tier) => {
    const tests: Fragment[] = []
    if (tier.from !== null) {
      tests.push(sql`v.value ${sql.raw(tier.fromInclusive ? '>=' : '>')} ${decimal(tier.from)}`)
    }
    if (tier.to !== null) {
      tests.push(sql`v.value ${sql.raw(tier.toInclusive ? '<=' : '<')} ${decimal(tier.to)}`)
    }
    const test = tests.length === 0 ? sql`true` : sql.join(tests, sql` and `)
    return sql`when ${test} then ${decimal(tier.points)}`
  })
  return sql`(select case when v.value is null then ${unknownAs(rule.whenUnknown)} ${sql.join(rows, sql` `)}
    else ${unknownAs(rule.otherwise)} end from (select ${values.number(rule.of)} as value) v)`
}

/** Points outside what the regulation leaves to judgement are not points: they block until they are put right. */
function expert({ from, to, whenUnknown }: RuleOf<'expert'>, values: Values): Fragment {
  const given = values.number('expertPoints')
  return sql`case when ${given} is null then ${unknownAs(whenUnknown)}
    when ${given} between ${decimal(from)} and ${decimal(to)} then ${given} end`
}

/** A result that is null exactly where a value is unknown. */
function whereUnknown(result: Fragment, whenUnknown: string): Fragment {
  return whenUnknown === 'block' ? result : sql`coalesce(${result}, ${decimal(whenUnknown)})`
}

/** `block`: no number, so that the teacher waits; else the number the regulation says. */
const unknownAs = (points: string) => (points === 'block' ? sql`null::numeric` : decimal(points))

const times = (value: Fragment, points: string) =>
  isOne(points) ? sql`(${value})` : sql`((${value}) * ${decimal(points)})`

const isZero = (value: string) => Number(value) === 0
const isOne = (value: string) => Number(value) === 1
