import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { freezeRows } from '../frozen-rows.ts'
import { areaLines } from './area-lines.ts'
import { factLines } from './fact-lines.ts'
import type { Source } from './source.ts'
import { totalLines } from './total-lines.ts'

/**
 * Writes the signed lines of every teacher, in the order of the regulation. A line of kind `points` stands for each fact a
 * criterion counted, also at 0 points; other lines stand only where they change something. Their sum is the total.
 * The rows are not attached yet.
 */
export async function writeLines(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const parts = [...factLines(source.plan), ...areaLines(source), ...totalLines(source)]
  const onlyRated =
    source.document.rated === 'all' ? sql`` : sql`where l.teacher_id in (select teacher_id from rating_total)`
  await freezeRows(trx, 'run_line', source.runId, {
    columns: ['teacher_id', 'line_no', 'kind', 'area', 'clause', 'fact_no', 'amount'],
    query: sql`select l.teacher_id,
        row_number() over (partition by l.teacher_id order by l.area_no, l.no, l.fact_no, l.kind_no, l.clause) as line_no,
        l.kind, l.area, l.clause, l.fact_no, l.amount
      from (${sql.join(parts, sql` union all `)}) l ${onlyRated}
      order by l.teacher_id`,
  })
}
