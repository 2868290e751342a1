import { sql } from 'kysely'
import type { Condition } from '../../contract/regulation/rule.ts'
import { notYet } from './not-yet.ts'
import { decimal, numberOf, textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** True, false or null (unknown: does not hold) for one row. */
export function compileCondition(condition: Condition): Fragment {
  if (condition.any) return sql`(${sql.join(condition.any.map(compileComparison), sql` or `)})`
  if (condition.formula !== undefined) throw notYet('condition.formula')
  return compileComparison(condition)
}

function compileComparison(condition: Condition): Fragment {
  const tests: Fragment[] = []
  const value = condition.value!
  if (condition.is) tests.push(sql`${textOf(value)} in (${list(condition.is)})`)
  if (condition.isNot) tests.push(sql`${textOf(value)} not in (${list(condition.isNot)})`)
  if (condition.atLeast !== undefined) tests.push(sql`${numberOf(value)} >= ${decimal(condition.atLeast)}`)
  if (condition.atMost !== undefined) tests.push(sql`${numberOf(value)} <= ${decimal(condition.atMost)}`)
  if (condition.above !== undefined) tests.push(sql`${numberOf(value)} > ${decimal(condition.above)}`)
  if (condition.below !== undefined) tests.push(sql`${numberOf(value)} < ${decimal(condition.below)}`)
  if (condition.unknown) tests.push(sql`${textOf(value)} is null`)
  return all(tests)
}

/** All hold; an empty list holds always. */
export function all(tests: readonly Fragment[]): Fragment {
  return tests.length === 0 ? sql`true` : sql`(${sql.join(tests, sql` and `)})`
}

/** Texts for `in (...)`. */
export function list(values: readonly (string | boolean)[]): Fragment {
  return sql.join(values.map((value) => sql.lit(String(value))))
}

/** Whether surely no row fulfils both: some value is held to two things that exclude each other. */
export function areDisjoint(a: readonly Condition[], b: readonly Condition[]): boolean {
  return a.some((one) =>
    b.some((other) => one.value !== undefined && one.value === other.value && exclude(one, other)),
  )
}

function exclude(a: Condition, b: Condition): boolean {
  if (a.unknown || b.unknown) return a.unknown !== b.unknown
  return excludesValues(a, b) || excludesValues(b, a) || liesAbove(a, b) || liesAbove(b, a)
}

/** What a allows, b forbids or does not name. */
function excludesValues(a: Condition, b: Condition): boolean {
  if (!a.is) return false
  const [allowed, named, forbidden] = [a.is, b.is, b.isNot].map((values) => values?.map(String))
  return allowed!.every(
    (value) => forbidden?.includes(value) || (named !== undefined && !named.includes(value)),
  )
}

function liesAbove(a: Condition, b: Condition): boolean {
  return a.atLeast !== undefined && b.atMost !== undefined && Number(a.atLeast) > Number(b.atMost)
}
