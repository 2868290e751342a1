import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { AppealStatistics } from '../contract/resources/appeals.ts'
import type { CoreTables } from '../database/tables.ts'
import { readTitles } from './list-appeals.ts'

type Row = Omit<AppealStatistics['items'][number], 'clauseTitle'>

/** Appeals by clause against a run and against those it corrects, most first. */
export async function readAppealStatistics(db: Kysely<CoreTables>, runId: number): Promise<AppealStatistics> {
  const { rows } = await sql<Row>`
    with recursive chain as (
      select ${runId}::bigint as run_id
      union
      select c.base_run_id from core.run_correction c join chain using (run_id)
    )
    select a.clause, count(*)::int as filed,
      count(*) filter (where a.state in ('filed', 'in-review'))::int as open,
      count(*) filter (where a.state = 'upheld')::int as upheld,
      count(*) filter (where a.state = 'rejected')::int as rejected,
      count(*) filter (where a.state = 'withdrawn')::int as withdrawn,
      (count(*) filter (where a.state = 'upheld'))::float8
        / nullif(count(*) filter (where a.state in ('upheld', 'rejected')), 0) as share
    from core.appeal a join chain using (run_id)
    group by a.clause order by filed desc, a.clause collate "C" nulls last`.execute(db)
  const titles = (await readTitles(db, [runId])).get(runId)
  const items = rows.map((row) => ({
    ...row,
    clauseTitle: row.clause === null ? null : (titles?.get(row.clause) ?? null),
  }))
  return { items }
}
