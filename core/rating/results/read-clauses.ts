import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { ClausePoints } from '../../plugin/access.ts'
import { findFinishedRun } from './find-run.ts'
import { titlesOf } from './teacher-result.ts'

/**
 * What each clause gave the teachers of each unit together, of those who have a total. Scale and weight of an area are laid on its clauses in
 * proportion, so that the clauses of a unit add up to its teachers' totals but for the rounding of the twelfth decimal.
 */
export async function readClauses(db: Kysely<CoreTables>, runId: number): Promise<ClausePoints[]> {
  const { snapshotId, document } = await findFinishedRun(db, runId)
  const titles = titlesOf(document)
  const { rows } = await sql<Omit<ClausePoints, 'title'>>`
    with line as (
      select l.teacher_id, l.area, l.clause, l.kind in ('normalise', 'weight') as is_scale, sum(l.amount) as amount
      from core.run_line l
      join core.run_teacher r on r.run_id = ${runId} and r.teacher_id = l.teacher_id and r.total is not null
      where l.run_id = ${runId}
      group by 1, 2, 3, 4
    ), factor as (
      select a.teacher_id, a.area, a.score / nullif(x.raw, 0) as factor
      from core.run_area a
      join (select teacher_id, area, sum(amount) as raw from line where not is_scale group by 1, 2) x using (teacher_id, area)
      where a.run_id = ${runId}
    )
    select t.unit_id as "unitId", t.faculty_id as "facultyId", l.area, l.clause,
      trim_scale(round(sum(l.amount * coalesce(f.factor, 1)), 12))::text as points
    from line l
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = l.teacher_id
    left join factor f on f.teacher_id = l.teacher_id and f.area = l.area
    where not (l.is_scale and f.factor is not null)
    group by 1, 2, 3, 4
    order by 1, 2, 3 nulls last, 4`.execute(db)
  return rows.map((row) => ({ ...row, title: titles.get(row.clause) ?? document.title }))
}
