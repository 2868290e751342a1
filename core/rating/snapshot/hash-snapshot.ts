import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/definition.ts'

/**
 * sha256 (hex) over the frozen people and facts: first per teacher, then over the teachers in the order of their codes.
 * Only codes and values go in, no ids, so that the same data hash alike on any machine.
 */
export async function hashSnapshot(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
): Promise<string> {
  const { rows } = await sql<{ hash: string }>`
    with facts as (
      select teacher_id, sha256(convert_to(string_agg(
        concat_ws('|', fact_no, indicator, happened_on, trim_scale(quantity), coalesce(role, '-'), participants,
          coalesce(trim_scale(share)::text, '-'), attributes), E'\n' order by fact_no), 'UTF8')) as digest
      from core.snapshot_fact where snapshot_id = ${snapshotId} group by teacher_id
    )
    select encode(sha256(convert_to(${`${period.from}|${period.to}`} || coalesce(string_agg(
        concat_ws('|', t.code, t.family_name, t.given_name, coalesce(t.patronymic, '-'), u.code,
          coalesce(f.code, '-'), coalesce(t.position, '-'), coalesce(t.degree, '-'), trim_scale(t.rate),
          coalesce(t.service_from::text, '-'), t.leave_days, coalesce(encode(facts.digest, 'hex'), '-')),
        E'\n' order by t.code collate "C"), ''), 'UTF8')), 'hex') as hash
    from core.snapshot_teacher t
    join core.snapshot_unit u on u.snapshot_id = t.snapshot_id and u.unit_id = t.unit_id
    left join core.snapshot_unit f on f.snapshot_id = t.snapshot_id and f.unit_id = t.faculty_id
    left join facts on facts.teacher_id = t.teacher_id
    where t.snapshot_id = ${snapshotId}`.execute(trx)
  return rows[0]!.hash
}
