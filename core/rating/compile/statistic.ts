import { sql } from 'kysely'
import { quotient } from './value.ts'
import type { Fragment } from './value.ts'

export type Statistic = 'sum' | 'per-fte' | 'mean' | 'median'

/** Of a person, what counts here; 1: wholly. */
const part = quotient(sql`rate`, sql`whole`)

/**
 * One number for each group of people, from `people`: a query with the columns of `by` and value (exact), rate (held
 * here), whole (all the rate the person holds). Answers the columns of `by` and `value`. A sum adds what part of each value falls here: rate / whole;
 * per-fte divides that by the rates; mean and median weigh each value by its part. Quotients carry 12 decimals; the median of an even number
 * lies in the middle of the two.
 */
export function compileStatistic(statistic: Statistic, people: Fragment, by: readonly string[]): Fragment {
  const keys = sql.join(by.map((name) => sql.ref(name)))
  if (statistic === 'median') return median(people, keys)
  const sum = sql`sum(case when rate = whole then value else ${quotient(sql`value * rate`, sql`whole`)} end)`
  const value = {
    sum,
    'per-fte': quotient(sum, sql`sum(rate)`),
    mean: quotient(sum, sql`sum(${part})`),
  }[statistic]
  return sql`select ${keys}, ${value} as value from (${people}) p group by ${keys}`
}

/** The least value up to which half of the people lie, and the least up to which more than half do: their middle. */
function median(people: Fragment, keys: Fragment): Fragment {
  return sql`select ${keys}, (min(value) filter (where 2 * upto >= whole) + min(value) filter (where 2 * upto > whole)) * 0.5 as value
    from (select ${keys}, value, sum(${part}) over (partition by ${keys} order by value) as upto,
            sum(${part}) over (partition by ${keys}) as whole from (${people}) p) p
    group by ${keys}`
}
