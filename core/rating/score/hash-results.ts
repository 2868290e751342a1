import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'

/**
 * Reads back what was written: checks that every total is the exact sum of its lines, and answers the sha256 (hex) over
 * snapshot hash, regulation hash, weights, and every teacher's result and lines. Throws `trace-differs` if a sum is off:
 * such a run must not come to be.
 */
export async function checkAndHashResults(
  trx: Transaction<CoreTables>,
  run: { runId: number; snapshotId: number; snapshotHash: string; regulationHash: string; weights: unknown },
): Promise<string> {
  const { rows } = await sql<{ hash: string; off: string[] | null }>`
    with lines as (
      select teacher_id, sum(amount) as amount, sha256(convert_to(string_agg(
        concat_ws('|', kind, coalesce(area, '-'), clause, coalesce(fact_no::text, '-'), trim_scale(amount)),
        E'\n' order by line_no), 'UTF8')) as digest
      from core.run_line where run_id = ${run.runId} group by teacher_id
    )
    select encode(sha256(convert_to(${`${run.snapshotHash}|${run.regulationHash}|${JSON.stringify(run.weights)}`} ||
        coalesce(string_agg(concat_ws('|', t.code, r.status, coalesce(r.league, '-'),
          coalesce(trim_scale(r.total)::text, '-'), coalesce(r.place::text, '-'), coalesce(r.band, '-'), r.reasons,
          coalesce(encode(lines.digest, 'hex'), '-')), E'\n' order by t.code collate "C"), ''), 'UTF8')), 'hex') as hash,
      (array_agg(t.code) filter (where r.total <> coalesce(lines.amount, 0)))[1:10] as off
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    left join lines on lines.teacher_id = r.teacher_id
    where r.run_id = ${run.runId}`.execute(trx)
  const { hash, off } = rows[0]!
  if (off) throw new UstazError('trace-differs', { status: 500, params: { teachers: off } })
  return hash
}
