import { sql } from 'kysely'
import type { Rule } from '../../contract/regulation/rule.ts'
import { notYet } from './not-yet.ts'
import { decimal, numberOf, textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** Points of one fact before any split, exact numeric; null: a value the rule needs is unknown and blocks. */
export function compileRule(rule: Rule): Fragment {
  switch (rule.kind) {
    case 'per-unit':
      return sql`f.quantity * ${decimal(rule.points)}`
    case 'per-value':
      return perValue(rule)
    case 'table':
      return table(rule)
    case 'tiers':
      return tiers(rule)
    default:
      throw notYet(rule.kind)
  }
}

/** The value a rule reads besides the quantity, to name it when it is unknown; null: none. */
export function valueReadBy(rule: Rule): string | null {
  if (rule.kind === 'table') return rule.by
  return 'of' in rule ? rule.of : null
}

type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>

function perValue(rule: RuleOf<'per-value'>): Fragment {
  const value = numberOf(rule.of)
  const counted = isZero(rule.above) ? value : sql`greatest(${value} - ${decimal(rule.above)}, 0)`
  const points = decimal(rule.points)
  const result = rule.wholeBlocks
    ? sql`floor((${counted}) / ${decimal(rule.per)}) * ${points}`
    : isOne(rule.per)
      ? sql`(${counted}) * ${points}`
      : sql`round((${counted}) * ${points} / ${decimal(rule.per)}, 12)`
  return withUnknown(value, result, rule.whenUnknown)
}

function table(rule: RuleOf<'table'>): Fragment {
  const value = textOf(rule.by)
  const rows = Object.entries(rule.points).map(([key, points]) => {
    if (typeof points !== 'string') throw notYet('table.column')
    return sql`when ${sql.lit(key)} then f.quantity * ${decimal(points)}`
  })
  const otherwise = rule.otherwise === 'block' ? sql`null` : sql`f.quantity * ${decimal(rule.otherwise)}`
  const looked = sql`case ${value} ${sql.join(rows, sql` `)} else ${otherwise} end`
  const unknown = rule.whenUnknown === 'block' ? 'block' : rule.whenUnknown
  if (unknown === 'block') return sql`case when ${value} is not null then ${looked} end`
  return sql`case when ${value} is null then f.quantity * ${decimal(unknown)} else ${looked} end`
}

function tiers(rule: RuleOf<'tiers'>): Fragment {
  const value = numberOf(rule.of)
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
  const looked = sql`(select case ${sql.join(rows, sql` `)} else 0::numeric end from (select ${value} as value) v)`
  return withUnknown(value, looked, rule.whenUnknown)
}

function withUnknown(value: Fragment, points: Fragment, whenUnknown: string): Fragment {
  const unknown = whenUnknown === 'block' ? sql`null::numeric` : decimal(whenUnknown)
  return sql`case when (${value}) is null then ${unknown} else ${points} end`
}

const isZero = (value: string) => Number(value) === 0
const isOne = (value: string) => Number(value) === 1
