import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'

/**
 * Sums `rating_sum` into `rating_area` (teacher_id, area_no, area, matches, raw, points): one row a teacher and area, for every
 * frozen teacher. An area without any counted fact has points 0 and matches 0.
 */
export async function sumAreas(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  snapshotId: number,
): Promise<void> {
  const areas = document.areas.map(
    ({ id, cap }, index) => sql`(${index + 1}::smallint, ${id}, ${cap}::numeric)`,
  )
  await sql`create temporary table rating_area on commit drop as
    select t.teacher_id, a.area_no, a.area, coalesce(s.matches, 0) as matches,
      coalesce(s.raw, 0) as raw, least(coalesce(s.raw, 0), a.cap) as points
    from core.snapshot_teacher t
    cross join (values ${sql.join(areas)}) a (area_no, area, cap)
    left join (select teacher_id, area_no, sum(matches) as matches, sum(capped) as raw
               from rating_sum group by teacher_id, area_no) s
      on s.teacher_id = t.teacher_id and s.area_no = a.area_no
    where t.snapshot_id = ${snapshotId}`.execute(trx)
  await sql`analyze rating_area`.execute(trx)
}
