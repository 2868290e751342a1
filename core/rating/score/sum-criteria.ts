import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { compileLimits } from '../compile/limits.ts'
import { quotient } from '../compile/value.ts'
import type { Query } from '../write/source.ts'

/**
 * Sums the matches into `rating_sum` (teacher_id, no, area_no, matches, summed, awarded, capped): one row a teacher and criterion.
 * `summed`: of the facts; `awarded`: divided by the years of a window that says so; `capped`: held between floor and cap.
 */
export async function sumCriteria(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  await sql`create temporary table rating_sum on commit drop as
    select s.*, ${limited(plan)} as capped
    from (select s.*, c.area_no, ${averaged(plan)} as awarded
      from (select teacher_id, no, count(*) as matches, coalesce(sum(awarded), 0) as summed
            from rating_match group by teacher_id, no) s
      join rating_criterion c on c.no = s.no) s`.execute(trx)
}

function averaged({ criteria }: RatingPlan): Query {
  return byNumber(
    criteria.flatMap(({ no, criterion: { window } }) =>
      window?.average ? [{ no, value: quotient(sql`s.summed`, sql.lit(window.years)) }] : [],
    ),
    sql`s.summed`,
  )
}

function limited({ criteria }: RatingPlan): Query {
  return byNumber(
    criteria.flatMap(({ no, criterion: { cap, floor } }) => {
      if (cap === null && floor === null) return []
      return [{ no, value: compileLimits(sql`s.awarded`, { cap, floor }, sql`s.matches > 0`) }]
    }),
    sql`s.awarded`,
  )
}

function byNumber(values: readonly { no: number; value: Query }[], otherwise: Query): Query {
  if (values.length === 0) return otherwise
  const branches = values.map(({ no, value }) => sql`when ${sql.lit(no)} then ${value}`)
  return sql`case s.no ${sql.join(branches, sql` `)} else ${otherwise} end`
}
