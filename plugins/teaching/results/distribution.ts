import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ResultDetail } from '../contract.ts'
import type { TeachingTables } from '../tables.ts'
import type { ResultKey } from './result-key.ts'
import { thresholds } from './thresholds.ts'

/**
 * How many students were given which grade, in steps of ten, in the own groups of the term and in all others of the five years up to it. Others are
 * all 0 where they are fewer than 5.
 */
export async function readDistribution(
  db: Kysely<TeachingTables>,
  { teacher, course, year, term }: ResultKey,
): Promise<ResultDetail['distribution']> {
  const { rows } = await sql<ResultDetail['distribution'][number]>`
    with graded as (
      select least(9, floor(e.grade / 10))::int as step, g.year = ${year} and g.term = ${term} and exists (
          select from plugin_teaching.group_teacher t where t.group_id = g.id and t.teacher_id = ${teacher} and t.taught) as own
      from plugin_teaching.course_group g join plugin_teaching.enrolment e on e.group_id = g.id
      where g.course_id = ${course} and e.grade is not null and e.enrolled
        and g.year * 10 + g.term between ${year * 10 + term - (thresholds.normYears * 10 - 1)} and ${year * 10 + term}
    )
    select step * 10 as "from", (count(*) filter (where g.own))::int as own,
      case when (select count(*) from graded where not own) >= ${thresholds.leastStudents} then (count(*) filter (where not g.own))::int else 0 end as norm
    from generate_series(0, 9) as step left join graded g using (step) group by step order by step`.execute(
    db,
  )
  return rows
}
