import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { compileStatistic } from '../compile/statistic.ts'
import { gatherStaff } from '../score/staff.ts'
import type { Source } from './source.ts'

/**
 * Ranks departments and faculties, each among its kind, by the statistic the document names of the totals of their staff; only for a
 * document that ranks units. Who is blocked counts nowhere; who holds several posts counts in each unit by the part of the rate.
 */
export async function writeUnits(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { document, runId, snapshotId } = source
  if (document.units === null) return
  if (document.rollUps.length === 0) await gatherStaff(trx, snapshotId)
  const people = sql`select s.unit_id, r.total as value, s.rate, s.whole from rating_staff s
    join core.run_teacher r on r.run_id = ${runId} and r.teacher_id = s.teacher_id and r.total is not null`
  await sql`insert into core.run_unit (run_id, unit_id, scored, fte, total, place)
    select ${runId}, u.unit_id, u.scored, u.fte, v.value,
      case when v.value is not null then rank() over (partition by u.kind, v.value is null order by round(v.value, 9) desc) end
    from (select s.unit_id, s.kind, count(r.total)::int as scored, coalesce(sum(s.rate) filter (where r.total is not null), 0) as fte
          from rating_staff s join core.run_teacher r on r.run_id = ${runId} and r.teacher_id = s.teacher_id
          group by s.unit_id, s.kind) u
    left join (${compileStatistic(document.units, people, ['unit_id'])}) v on v.unit_id = u.unit_id
    order by u.unit_id`.execute(trx)
}
