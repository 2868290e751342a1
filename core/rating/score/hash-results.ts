import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import { digestByTeacher, readDigests } from '../digest-by-teacher.ts'
import { frozenRows } from '../frozen-rows.ts'

/**
 * Reads back what was written: checks that every total is the exact sum of its lines, and answers the sha256 (hex) over
 * snapshot hash, regulation hash, weights, every teacher's result and lines, and the results of units, with the number of lines. Throws `trace-differs` if a sum is off:
 * such a run must not come to be.
 */
export async function checkAndHashResults(
  trx: Transaction<CoreTables>,
  run: {
    runId: number
    snapshotId: number
    snapshotHash: string
    regulationHash: string
    weights: unknown
  },
): Promise<{ hash: string; lines: number }> {
  const { rows: others } = await sql`select from ${frozenRows('run_line', run.runId)}
    where fact_teacher_id is not null limit 1`.execute(trx)
  // A look-up for each line keeps several processes of the server from reading them: only where there is something to look up.
  const owner =
    others.length === 0
      ? sql`null::text`
      : sql`(select t.code from core.snapshot_teacher t
          where t.snapshot_id = ${sql.lit(run.snapshotId)} and t.teacher_id = fact_teacher_id)`
  const digests = await digestByTeacher(trx, run.snapshotId, {
    table: 'run_line',
    id: run.runId,
    values: sql`kind, area, clause, fact_no, trim_scale(amount), ${owner}`,
    also: sql`sum(amount) as amount, count(*) as lines`,
  })
  const head = `${run.snapshotHash}|${run.regulationHash}|${JSON.stringify(run.weights)}`
  const rows = await readDigests(
    trx,
    sql<{ hash: string; lines: number; off: string[] | null }>`
    select encode(sha256(convert_to(${head}, 'UTF8') || coalesce(string_agg(record_send(row(t.code, r.status, r.league,
        trim_scale(r.total), r.place, r.band, trim_scale(r.money), r.reasons, r.notes, areas.list, lines.digest)),
        null order by t.code collate "C"), '') || coalesce((
        select string_agg(record_send(row(u.code, x.scored, trim_scale(x.fte), trim_scale(x.total), x.place)), null
          order by u.code collate "C")
        from core.run_unit x join core.snapshot_unit u on u.snapshot_id = ${run.snapshotId} and u.unit_id = x.unit_id
        where x.run_id = ${run.runId}), '')), 'hex') as hash,
      coalesce(sum(lines.lines), 0)::bigint as lines,
      (array_agg(t.code) filter (where r.total <> coalesce(lines.amount, 0)))[1:10] as off
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    left join (${digests}) lines on lines.teacher_id = r.teacher_id
    left join (select teacher_id, array_agg(row(area, trim_scale(points), trim_scale(normalised), trim_scale(weight),
                 trim_scale(score)) order by area collate "C") as list
               from core.run_area where run_id = ${run.runId} group by teacher_id) areas on areas.teacher_id = r.teacher_id
    where r.run_id = ${run.runId}`,
  )
  const { hash, lines, off } = rows[0]!
  if (off) throw new UstazError('trace-differs', { status: 500, params: { teachers: off } })
  return { hash, lines }
}
