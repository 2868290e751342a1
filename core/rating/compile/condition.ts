import { sql } from 'kysely'
import type { Comparison, Condition } from '../../contract/regulation/rule.ts'
import { compileFormula } from './formula.ts'
import { decimal, numberOf, textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** True, false or null (unknown: does not hold) for one row. */
export function compileCondition(condition: Condition): Fragment {
  if (condition.formula !== undefined) return compileFormula(condition.formula, 'flag')
  const alternatives = comparisonsOf(condition).map(compileComparison)
  return alternatives.length === 1 ? alternatives[0]! : sql`(${sql.join(alternatives, sql` or `)})`
}

/** The alternatives of a condition, one of which must hold; a formula has none. */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  if (condition.any) return condition.any
  const { value, ...tests } = condition
  return value === undefined ? [] : [{ value, ...tests }]
}

function compileComparison(comparison: Comparison): Fragment {
  const tests: Fragment[] = []
  const { value, is, isNot, unknown } = comparison
  if (is) tests.push(sql`(${textOf(value, is.map(String))}) in (${list(is)})`)
  if (isNot) tests.push(sql`(${textOf(value, isNot.map(String))}) not in (${list(isNot)})`)
  for (const [test, operator] of bounds) {
    const bound = comparison[test]
    if (bound !== undefined) tests.push(sql`${numberOf(value)} ${operator} ${decimal(bound)}`)
  }
  if (unknown) tests.push(sql`(${textOf(value, [])}) is null`)
  return all(tests)
}

const bounds = [
  ['atLeast', sql`>=`],
  ['atMost', sql`<=`],
  ['above', sql`>`],
  ['below', sql`<`],
] as const

/** All hold; an empty list holds always. */
export function all(tests: readonly Fragment[]): Fragment {
  return tests.length === 0 ? sql`true` : sql`(${sql.join(tests, sql` and `)})`
}

/** Texts for `in (...)`. */
export function list(values: readonly (string | boolean)[]): Fragment {
  return sql.join(values.map((value) => sql.lit(String(value))))
}
