import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/**
 * Fills `rating_staff` (unit_id, kind, teacher_id, rate, whole): who belongs to each department and faculty, by the posts held on the
 * teacher's last day in the period. `rate`: held there; `whole`: all the rate the teacher holds, the same with one post. Who holds posts
 * in two departments of a faculty belongs to it once, with both rates. Asked a second time in a run it changes nothing.
 */
export async function gatherStaff(trx: Transaction<CoreTables>, snapshotId: number): Promise<void> {
  await sql`create temporary table if not exists rating_staff on commit drop as
    with recursive lineage as (
      select unit_id, unit_id as ancestor_id, kind, parent_id from core.snapshot_unit where snapshot_id = ${snapshotId}
      union all
      select l.unit_id, u.unit_id, u.kind, u.parent_id from lineage l
      join core.snapshot_unit u on u.snapshot_id = ${snapshotId} and u.unit_id = l.parent_id
    ), last_post as (
      select *, max(last_day) over (partition by teacher_id) as teacher_last_day
      from core.snapshot_post where snapshot_id = ${snapshotId}
    ), held as (
      select *, sum(rate) over (partition by teacher_id) as whole from last_post where last_day = teacher_last_day
    )
    select l.ancestor_id as unit_id, l.kind, h.teacher_id, sum(h.rate) as rate, max(h.whole) as whole
    from held h join lineage l on l.unit_id = h.unit_id
    where l.kind in ('department', 'faculty')
    group by l.ancestor_id, l.kind, h.teacher_id`.execute(trx)
  await sql`analyze rating_staff`.execute(trx)
}
