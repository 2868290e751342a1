import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Readings, ScoreMatrix } from '../../plugin/weighting.ts'
import { numberOf } from '../compile/value.ts'
import { frozenRows } from '../frozen-rows.ts'

/**
 * Numbers of each rated teacher's newest fact of an indicator in the period, a row a teacher in the order of their ids; NaN where there is
 * no such fact, or no number in it. Of facts of one day the last entered counts.
 */
export async function readValues(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  { indicator, values }: Readings,
): Promise<ScoreMatrix> {
  const columns = values.map((name) => sql`coalesce((${numberOf(name)})::float8, 'NaN')`)
  const { rows } = await sql<{ values: number[] | null }>`
    select n.values from (select distinct teacher_id from rating_area) r
    left join (
      select distinct on (f.teacher_id) f.teacher_id, array[${sql.join(columns)}]::float8[] as values
      from ${frozenRows('snapshot_fact', snapshotId)} f join core.snapshot s on s.id = f.snapshot_id
      where f.snapshot_id = ${snapshotId} and f.indicator = ${indicator} and f.happened_on between s.period_from and s.period_to
      order by f.teacher_id, f.happened_on desc, f.fact_no desc
    ) n on n.teacher_id = r.teacher_id
    order by r.teacher_id`.execute(trx)
  const none = values.map(() => Number.NaN)
  return {
    rows: rows.length,
    columns: values.length,
    values: Float64Array.from(rows.flatMap((row) => row.values ?? none)),
  }
}
