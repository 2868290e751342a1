import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import { digestByTeacher, readDigests } from '../digest-by-teacher.ts'

/**
 * sha256 (hex) over the frozen people and facts, and how many facts there are: first a digest per teacher, then one over the
 * teachers in the order of their codes. Only codes and values go in, no ids, so that the same data hash alike on any machine; and no names, so
 * that a person's name can be erased and what was rated stays verifiable. `namesHashed`: of a snapshot from before that, whose hash has them.
 */
export async function hashSnapshot(
  trx: Kysely<CoreTables>,
  snapshotId: number,
  period: Period & { factsFrom: string; namesHashed?: boolean },
): Promise<{ hash: string; facts: number }> {
  const facts = await digestByTeacher(trx, snapshotId, {
    table: 'snapshot_fact',
    id: snapshotId,
    values: sql`fact_no, indicator, happened_on, quantity, role, participants, share, attributes, ordinal, affiliated,
      expert_points`,
    later: sql`role_counts`,
    also: sql`count(*) as facts`,
  })
  const rows = await readDigests(
    trx,
    sql<{ hash: string; facts: number }>`
    select encode(sha256(convert_to(${`${period.from}|${period.to}|${period.factsFrom}`}, 'UTF8') || coalesce(string_agg(record_send(row(
        t.code, ${period.namesHashed ? sql`t.family_name, t.given_name, t.patronymic,` : sql``} u.code, f.code, t.position, t.degree, trim_scale(t.rate),
        t.service_from, t.leave_days, t.sex, t.birth_year, t.field, t.citizenship, t.employed_days, posts.list, leads.list,
        facts.digest)), null order by t.code collate "C"), '')), 'hex') as hash, coalesce(sum(facts.facts), 0)::bigint as facts
    from core.snapshot_teacher t
    join core.snapshot_unit u on u.snapshot_id = t.snapshot_id and u.unit_id = t.unit_id
    left join core.snapshot_unit f on f.snapshot_id = t.snapshot_id and f.unit_id = t.faculty_id
    left join (${facts}) facts on facts.teacher_id = t.teacher_id
    left join (${posts(snapshotId)}) posts on posts.teacher_id = t.teacher_id
    left join (${leads(snapshotId)}) leads on leads.teacher_id = t.teacher_id
    where t.snapshot_id = ${snapshotId}`,
  )
  return rows[0]!
}

function posts(snapshotId: number): RawBuilder<unknown> {
  return sql`select p.teacher_id, array_agg(row(u.code, p.position, trim_scale(p.rate), p.first_day, p.last_day)
      order by p.post_no) as list
    from core.snapshot_post p
    join core.snapshot_unit u on u.snapshot_id = p.snapshot_id and u.unit_id = p.unit_id
    where p.snapshot_id = ${snapshotId} group by p.teacher_id`
}

function leads(snapshotId: number): RawBuilder<unknown> {
  return sql`select l.teacher_id, array_agg(u.code order by u.code collate "C") as list
    from core.snapshot_leader l
    join core.snapshot_unit u on u.snapshot_id = l.snapshot_id and u.unit_id = l.unit_id
    where l.snapshot_id = ${snapshotId} group by l.teacher_id`
}
