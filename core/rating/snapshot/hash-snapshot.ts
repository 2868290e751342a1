import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/definition.ts'

/**
 * sha256 (hex) over the frozen people and facts: first per teacher, then over the teachers in the order of their codes.
 * Only codes and values go in, no ids, so that the same data hash alike on any machine.
 */
export async function hashSnapshot(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period & { factsFrom: string },
): Promise<string> {
  await allowTwoWorkers(trx)
  const middle = await middleTeacher(trx, snapshotId)
  const { rows } = await sql<{ hash: string }>`
    with facts as (
      ${digests(snapshotId, sql`teacher_id <= ${middle}`)} union all ${digests(snapshotId, sql`teacher_id > ${middle}`)}
    )
    select encode(sha256(convert_to(${`${period.from}|${period.to}|${period.factsFrom}`} || coalesce(string_agg(
        concat_ws('|', t.code, t.family_name, t.given_name, coalesce(t.patronymic, '-'), u.code,
          coalesce(f.code, '-'), coalesce(t.position, '-'), coalesce(t.degree, '-'), trim_scale(t.rate),
          coalesce(t.service_from::text, '-'), t.leave_days, coalesce(t.sex, '-'),
          coalesce(t.birth_year::text, '-'), coalesce(t.field, '-'), coalesce(t.citizenship, '-'), t.employed_days,
          coalesce(posts.list, '-'), coalesce(leads.list, '-'), coalesce(encode(facts.digest, 'hex'), '-')),
        E'\n' order by t.code collate "C"), ''), 'UTF8')), 'hex') as hash
    from core.snapshot_teacher t
    join core.snapshot_unit u on u.snapshot_id = t.snapshot_id and u.unit_id = t.unit_id
    left join core.snapshot_unit f on f.snapshot_id = t.snapshot_id and f.unit_id = t.faculty_id
    left join facts on facts.teacher_id = t.teacher_id
    left join (select p.teacher_id, string_agg(concat_ws(',', u.code, coalesce(p.position, '-'), trim_scale(p.rate),
                 p.first_day, p.last_day), ';' order by p.post_no) as list
               from core.snapshot_post p
               join core.snapshot_unit u on u.snapshot_id = p.snapshot_id and u.unit_id = p.unit_id
               where p.snapshot_id = ${snapshotId} group by p.teacher_id) posts on posts.teacher_id = t.teacher_id
    left join (select l.teacher_id, string_agg(u.code, ';' order by u.code collate "C") as list
               from core.snapshot_leader l
               join core.snapshot_unit u on u.snapshot_id = l.snapshot_id and u.unit_id = l.unit_id
               where l.snapshot_id = ${snapshotId} group by l.teacher_id) leads on leads.teacher_id = t.teacher_id
    where t.snapshot_id = ${snapshotId}`.execute(trx)
  return rows[0]!.hash
}

/** One digest a teacher, over the facts in the order of their numbers. */
function digests(snapshotId: number, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select teacher_id, sha256(convert_to(string_agg(
      concat_ws('|', fact_no, indicator, happened_on, trim_scale(quantity), coalesce(role, '-'), participants,
        coalesce(trim_scale(share)::text, '-'), attributes, coalesce(ordinal::text, '-'),
        coalesce(affiliated::text, '-'), coalesce(trim_scale(expert_points)::text, '-')), E'\n' order by fact_no), 'UTF8')) as digest
    from core.snapshot_fact where snapshot_id = ${snapshotId} and ${which} group by teacher_id`
}

/** The id that divides the frozen teachers into halves, which two workers of the server then digest at once. */
async function middleTeacher(trx: Transaction<CoreTables>, snapshotId: number): Promise<number> {
  const { rows } = await sql<{ middle: number }>`
    select coalesce(percentile_disc(0.5) within group (order by teacher_id), 0) as middle
    from core.snapshot_teacher where snapshot_id = ${snapshotId}`.execute(trx)
  return rows[0]!.middle
}

/** The planner cannot know what a digest costs: it is told that handing over rows costs nothing. */
async function allowTwoWorkers(trx: Transaction<CoreTables>): Promise<void> {
  await sql`select set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
    set_config('max_parallel_workers_per_gather', '2', true)`.execute(trx)
}
