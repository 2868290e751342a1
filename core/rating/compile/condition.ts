import { sql } from 'kysely'
import type { Condition } from '../../contract/regulation/rule.ts'
import { decimal, numberOf, textOf } from './value.ts'
import type { Fragment } from './value.ts'

/** True, false or null (unknown: does not hold) for one row. */
export function compileCondition(condition: Condition): Fragment {
  const tests: Fragment[] = []
  const { value } = condition
  if (condition.is) tests.push(sql`${textOf(value)} in (${list(condition.is)})`)
  if (condition.isNot) tests.push(sql`${textOf(value)} not in (${list(condition.isNot)})`)
  if (condition.atLeast !== undefined) tests.push(sql`${numberOf(value)} >= ${decimal(condition.atLeast)}`)
  if (condition.atMost !== undefined) tests.push(sql`${numberOf(value)} <= ${decimal(condition.atMost)}`)
  if (condition.unknown) tests.push(sql`${textOf(value)} is null`)
  return all(tests)
}

/** All hold; an empty list holds always. */
export function all(tests: readonly Fragment[]): Fragment {
  return tests.length === 0 ? sql`true` : sql`(${sql.join(tests, sql` and `)})`
}

function list(values: readonly (string | boolean)[]): Fragment {
  return sql.join(values.map((value) => sql.lit(String(value))))
}

/** Whether no row can fulfil both: some value is held to two sets that do not meet. */
export function areDisjoint(a: readonly Condition[], b: readonly Condition[]): boolean {
  return a.some((one) =>
    b.some((other) => one.value === other.value && one.is && other.is && !meet(one.is, other.is)),
  )
}

function meet(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.some((item) => b.map(String).includes(String(item)))
}
