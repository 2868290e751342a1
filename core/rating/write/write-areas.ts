import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { weightTable } from './source.ts'
import type { Source } from './source.ts'

/** Writes points, weight and score of every teacher and area. */
export async function writeAreas(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  await sql`insert into core.run_area (run_id, teacher_id, area, points, weight, score)
    select ${source.runId}, r.teacher_id, r.area, r.points, w.weight, r.points * w.weight
    from rating_area r join ${weightTable(source)} on w.area = r.area
    order by r.teacher_id, r.area`.execute(trx)
}
