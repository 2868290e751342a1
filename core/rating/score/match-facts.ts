import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { compileMatches } from '../compile/matches.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { askAboutFacts } from './ask-functions.ts'
import { gatherStaff } from './staff.ts'

/**
 * Fills two temporary tables that live as long as the transaction: `rating_criterion` (no, id, area_no, area) and `rating_match`
 * (teacher_id, fact_no, no, a column for each step of the plan, and what compile/matches.ts says): every fact with every
 * criterion that counts it. `dropped`, where a clause may drop facts: the number of the one that did, null: it counts.
 */
export async function matchFacts(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const areaNumbers = new Map(plan.document.areas.map(({ id }, index) => [id, index + 1]))
  const rows = plan.criteria.map(
    ({ no, criterion: { id, area } }) =>
      sql`(${no}::smallint, ${id}, ${areaNumbers.get(area)!}::smallint, ${area})`,
  )
  await sql`create temporary table rating_criterion (no, id, area_no, area) on commit drop
    as values ${sql.join(rows)}`.execute(trx)
  if (plan.countsStaff) await findLed(trx, plan)
  await askAboutFacts(trx, plan)
  const dropped = plan.drops.length === 0 ? sql`` : sql`, null::smallint as dropped`
  await sql`create temporary table rating_match on commit drop as select m.* ${dropped} from (${compileMatches(plan)}) m`.execute(
    trx,
  )
  await sql`analyze rating_criterion`.execute(trx)
  await sql`analyze rating_match`.execute(trx)
  await dropFacts(trx, plan)
}

/**
 * Fills `rating_led` (leader_id, teacher_id, person_no): everybody who belongs to a unit the leader leads, once, the leader too.
 * person_no orders all people by their codes.
 */
async function findLed(trx: Transaction<CoreTables>, { period }: RatingPlan): Promise<void> {
  const snapshot = sql.lit(period.snapshotId)
  await gatherStaff(trx, period.snapshotId)
  await sql`create temporary table rating_led on commit drop as
    select distinct l.teacher_id as leader_id, t.teacher_id, t.person_no
    from core.snapshot_leader l
    join rating_staff s on s.unit_id = l.unit_id
    join (select teacher_id, row_number() over (order by code collate "C") as person_no
          from core.snapshot_teacher where snapshot_id = ${snapshot}) t on t.teacher_id = s.teacher_id
    where l.snapshot_id = ${snapshot}`.execute(trx)
  await sql`analyze rating_led`.execute(trx)
}

/** Each clause chooses among the facts that the ones before it left. */
async function dropFacts(trx: Transaction<CoreTables>, { drops }: RatingPlan): Promise<void> {
  for (const { no, criteria, within, only, order, most } of drops) {
    const numbers = sql.join(criteria.map((criterion) => sql.lit(criterion)))
    await sql`update rating_match m set dropped = ${sql.lit(no)}
      from (select ctid as row_id, row_number() over (partition by ${within} order by ${order}) as place
            from rating_match where no in (${numbers}) and dropped is null ${only ? sql`and ${only}` : sql``}) x
      where m.ctid = x.row_id and x.place > ${sql.lit(most)}`.execute(trx)
  }
}
