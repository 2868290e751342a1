import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { weighedAreas } from './source.ts'
import type { Source } from './source.ts'

/** Writes points, value on the scale, weight and score of every teacher and area. */
export async function writeAreas(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const normalised = source.isNormalised ? sql`nullif(r.value, r.points)` : sql`null::numeric`
  await sql`insert into core.run_area (run_id, teacher_id, area, points, normalised, weight, score)
    select ${source.runId}, r.teacher_id, r.area, r.points, ${normalised}, r.weight, r.value * r.weight
    from ${weighedAreas(source)}
    order by r.teacher_id, r.area`.execute(trx)
}
