import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import { isAmong } from './narrow.ts'
import type { Narrow } from './narrow.ts'

/** Freezes the tree of units as it is now. */
export async function freezeUnits(trx: Transaction<CoreTables>, snapshotId: number): Promise<void> {
  await sql`insert into core.snapshot_unit (snapshot_id, unit_id, parent_id, kind, code, name)
    select ${snapshotId}, id, parent_id, kind, code, name from core.unit`.execute(trx)
}

/**
 * Freezes everybody who held a post on at least one day of the period (both ends inclusive), with the post of the last
 * such day: of several the one with the highest rate, then the one held longest. `rate` is the sum over the posts
 * of that day. Leave counts the days of the period covered by any leave once.
 */
export async function freezeTeachers(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
  narrow: Narrow,
): Promise<number> {
  const frozen = await sql`
    with recursive held as (
      select a.*, least(coalesce(a.ends_on, ${period.to}::date), ${period.to}::date) as last_day
      from core.appointment a
      where a.starts_on <= ${period.to}::date and coalesce(a.ends_on, ${period.to}::date) >= ${period.from}::date
        and ${isAmong(narrow, sql`a.teacher_id`)}
    ), last_held as (
      select *, max(last_day) over (partition by teacher_id) as teacher_last_day from held
    ), post as (
      select distinct on (teacher_id) teacher_id, unit_id, position, degree, field,
        sum(rate) over (partition by teacher_id) as rate
      from last_held where last_day = teacher_last_day
      order by teacher_id, last_held.rate desc, starts_on, unit_id
    ), employed as (
      select teacher_id, sum(upper(days) - lower(days))::int as employed_days
      from (select teacher_id, unnest(range_agg(daterange(greatest(starts_on, ${period.from}::date), last_day, '[]'))) as days
            from held group by teacher_id) ranges
      group by teacher_id
    ), first_appointment as (
      select teacher_id, min(starts_on) as starts_on from core.appointment
      where ${isAmong(narrow, sql`teacher_id`)} group by teacher_id
    ), absence as (
      select teacher_id, sum(upper(days) - lower(days))::int as leave_days
      from (select teacher_id, unnest(range_agg(daterange(greatest(starts_on, ${period.from}::date),
              least(coalesce(ends_on, ${period.to}::date), ${period.to}::date), '[]'))) as days
            from core.leave
            where starts_on <= ${period.to}::date and coalesce(ends_on, ${period.to}::date) >= ${period.from}::date
              and ${isAmong(narrow, sql`teacher_id`)}
            group by teacher_id) ranges
      group by teacher_id
    ), lineage as (
      select id as unit_id, id as ancestor_id, kind, parent_id from core.unit
      union all
      select l.unit_id, u.id, u.kind, u.parent_id from lineage l join core.unit u on u.id = l.parent_id
    ), faculty as (
      select unit_id, ancestor_id as faculty_id from lineage where kind = 'faculty'
    )
    insert into core.snapshot_teacher (snapshot_id, teacher_id, code, family_name, given_name, patronymic,
      unit_id, faculty_id, position, degree, rate, service_from, leave_days, sex, birth_year, field, citizenship,
      employed_days)
    select ${snapshotId}, t.id, t.code, t.family_name, t.given_name, t.patronymic,
      p.unit_id, faculty.faculty_id, p.position, p.degree, p.rate,
      coalesce(t.service_from, first_appointment.starts_on), coalesce(absence.leave_days, 0), t.sex, t.birth_year,
      p.field, t.citizenship, employed.employed_days
    from post p
    join core.teacher t on t.id = p.teacher_id
    join employed on employed.teacher_id = p.teacher_id
    join first_appointment on first_appointment.teacher_id = p.teacher_id
    left join faculty on faculty.unit_id = p.unit_id
    left join absence on absence.teacher_id = p.teacher_id
    order by t.id`.execute(trx)
  return Number(frozen.numAffectedRows ?? 0)
}

/** Freezes every post held in the period, cut to it; for norms by the days in a position. */
export async function freezePosts(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
  narrow: Narrow,
): Promise<void> {
  await sql`
    insert into core.snapshot_post (snapshot_id, teacher_id, post_no, unit_id, position, rate, first_day, last_day)
    select ${snapshotId}, a.teacher_id, row_number() over (partition by a.teacher_id order by a.starts_on, u.code),
      a.unit_id, a.position, a.rate, greatest(a.starts_on, ${period.from}::date),
      least(coalesce(a.ends_on, ${period.to}::date), ${period.to}::date)
    from core.appointment a join core.unit u on u.id = a.unit_id
    where a.starts_on <= ${period.to}::date and coalesce(a.ends_on, ${period.to}::date) >= ${period.from}::date
      and ${isAmong(narrow, sql`a.teacher_id`)}`.execute(trx)
}

/** Freezes who led which department or faculty on the last day of the period; somebody who has left by then leads none. */
export async function freezeLeaders(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
): Promise<void> {
  await sql`
    insert into core.snapshot_leader (snapshot_id, teacher_id, unit_id)
    select distinct ${snapshotId}::bigint, l.teacher_id, l.unit_id
    from core.leadership l
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = l.teacher_id
    where l.starts_on <= ${period.to}::date and coalesce(l.ends_on, ${period.to}::date) >= ${period.to}::date`.execute(
    trx,
  )
}
