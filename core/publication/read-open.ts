import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RunPublication } from '../contract/resources/publication.ts'
import type { CoreTables } from '../database/tables.ts'

/** Appeals against a run that are not answered, and upheld ones that the run `by` does not carry out. */
export async function readOpen(
  db: Kysely<CoreTables>,
  runId: number,
  by: number,
): Promise<RunPublication['open']> {
  const { rows } = await sql<RunPublication['open']>`
    select count(*) filter (where a.state in ('filed', 'in-review'))::int as appeals,
      count(*) filter (where a.state = 'upheld' and not exists (
        select from core.run_correction_appeal x join core.run_correction c on c.id = x.run_correction_id
        where x.appeal_id = a.id and c.run_id = ${by}))::int as upheld
    from core.appeal a where a.run_id = ${runId}`.execute(db)
  return rows[0]!
}
