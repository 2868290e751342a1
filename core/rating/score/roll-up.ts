import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { list } from '../compile/condition.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { leaderKinds } from '../compile/rated.ts'
import { compileStatistic } from '../compile/statistic.ts'
import { decimal } from '../compile/value.ts'
import type { Fragment } from '../compile/value.ts'
import { gatherStaff } from './staff.ts'

type RollUp = RegulationDocument['rollUps'][number]

/**
 * Fills `rating_roll_up` (teacher_id, roll_no, area_no, amount): what each leader gets from the staff's points, which stand in `rating_own`
 * (teacher_id, area_no, points) and are everybody's before any roll-up, so that nothing goes round in circles. Who leads several units gets
 * something from each.
 */
export async function rollUp(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const { document, period } = plan
  await gatherStaff(trx, period.snapshotId)
  const areas = document.areas.map(({ id }) => id)
  const parts = document.rollUps.map((rule, index) => {
    const values = compileStatistic(rule.statistic, staffOf(rule, areas, period.snapshotId), [
      'leader_id',
      'unit_id',
    ])
    return sql`select v.leader_id as teacher_id, ${sql.lit(index + 1)} as roll_no, ${sql.lit(areas.indexOf(rule.area) + 1)} as area_no,
      sum(v.value) * ${decimal(rule.weight)} as amount from (${values}) v group by v.leader_id`
  })
  await sql`create temporary table rating_roll_up on commit drop as
    ${sql.join(parts, sql` union all `)}`.execute(trx)
}

/** The people whose points a roll-up takes together, with the leader and unit: columns leader_id, unit_id, value, rate, whole. */
function staffOf(rule: RollUp, areas: readonly string[], snapshotId: number): Fragment {
  return sql`select l.teacher_id as leader_id, l.unit_id, o.value, s.rate, s.whole
    from ${staffOfLeaders(rule, snapshotId)}
    join (select teacher_id, sum(points) as value from rating_own where area_no in (${numbersOf(rule, areas)})
          group by teacher_id) o on o.teacher_id = s.teacher_id`
}

/** Leaders l with the staff s of the units they lead. */
export function staffOfLeaders(rule: RollUp, snapshotId: number): Fragment {
  return sql`core.snapshot_leader l
    join rating_staff s on l.snapshot_id = ${snapshotId} and s.unit_id = l.unit_id and s.kind in (${list(leaderKinds[rule.leaders])})
      ${rule.withLeader ? sql`` : sql`and s.teacher_id <> l.teacher_id`}`
}

export function numbersOf({ from }: RollUp, areas: readonly string[]): Fragment {
  return sql.join(from.map((area) => sql.lit(areas.indexOf(area) + 1)))
}
