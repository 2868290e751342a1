import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { FinishedRun } from '../find-run.ts'
import { belowUnit, withinScope } from '../scope.ts'
import type { ResultScope } from '../scope.ts'
import type { RunPair } from './run-pair.ts'

export interface PairSelection {
  scope: ResultScope
  /** Only teachers of the unit, by the later run; by the earlier one if they are gone. */
  unitId?: number | undefined
  teacherId?: number
}

/**
 * A subquery with one row for each teacher of either run, with both results and the move between them. A teacher is seen by
 * whoever may read every result there is: one who changed the department is not seen by either head, for the row tells both.
 */
export function pairRows(pair: RunPair, selection: PairSelection): RawBuilder<unknown> {
  return sql`(
    select x.*, ${move} as move,
      case when ${rankedTogether} then x.after_place - x.before_place end as place_change,
      x.after_total - x.before_total as total_change
    from (
      select coalesce(a.teacher_id, b.teacher_id) as teacher_id, coalesce(a.code, b.code) as code,
        coalesce(a.family_name, b.family_name) as family_name, coalesce(a.given_name, b.given_name) as given_name,
        case when a.teacher_id is null then b.patronymic else a.patronymic end as patronymic,
        coalesce(a.unit_id, b.unit_id) as unit_id,
        case when a.teacher_id is null then b.faculty_id else a.faculty_id end as faculty_id,
        case when a.teacher_id is null then b.position else a.position end as position,
        ${columnsOf('b', 'before')}, ${columnsOf('a', 'after')}
      from (${sideOf(pair.before, selection)}) b
      full join (${sideOf(pair.after, selection)}) a on a.teacher_id = b.teacher_id
      where (a.teacher_id is null or a.visible is true) and (b.teacher_id is null or b.visible is true)
        and coalesce(a.in_unit, b.in_unit)
    ) x
  )`
}

function sideOf(run: FinishedRun, { scope, unitId, teacherId }: PairSelection): RawBuilder<unknown> {
  return sql`select t.teacher_id, t.code, t.family_name, t.given_name, t.patronymic, t.unit_id, t.faculty_id, t.position,
      r.status, r.league, r.place, r.total, r.total_rounded, r.band, r.reasons, r.money,
      ${withinScope(scope)} as visible, ${unitId === undefined ? sql`true` : belowUnit(run.snapshotId, unitId)} as in_unit
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    where r.run_id = ${run.id} ${teacherId === undefined ? sql`` : sql`and r.teacher_id = ${teacherId}`}`
}

const columns = ['status', 'league', 'place', 'total', 'total_rounded', 'band', 'reasons', 'money']

function columnsOf(alias: string, side: string): RawBuilder<unknown> {
  return sql.raw(columns.map((column) => `${alias}.${column} as ${side}_${column}`).join(', '))
}

const rankedTogether = sql`(x.before_status = 'ranked' and x.after_status = 'ranked'
  and x.before_league is not distinct from x.after_league)`

/** The first that holds names the move; contract/resources/run-comparison.ts says what each means. */
const move = sql`case
  when x.before_status is null then 'joined'
  when x.after_status is null then 'gone'
  when x.after_status = 'blocked' and x.before_status <> 'blocked' then 'blocked'
  when x.before_status = 'blocked' and x.after_status <> 'blocked' then 'unblocked'
  when ${rankedTogether} and x.after_place < x.before_place then 'rose'
  when ${rankedTogether} and x.after_place > x.before_place then 'fell'
  when ${rankedTogether} then 'kept'
  when x.before_status = 'ranked' and x.after_status = 'ranked' then 'league'
  when x.after_status = 'ranked' then 'admitted'
  when x.before_status = 'ranked' then 'excluded'
  else 'unranked' end`
