import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { freezeRows } from '../frozen-rows.ts'
import { areaLines } from './area-lines.ts'
import { factLines } from './fact-lines.ts'
import type { Source } from './source.ts'
import type { Query } from '../query.ts'
import { totalLines } from './total-lines.ts'

const columns = ['teacher_id', 'line_no', 'kind', 'area', 'clause', 'fact_no', 'amount']

/**
 * Writes the signed lines of every teacher, in the order of the regulation. A line of kind `points` stands for each fact a
 * criterion counted, also at 0 points; other lines stand only where they change something. Their sum is the total.
 * The rows are not attached yet.
 */
export async function writeLines(trx: Transaction<CoreTables>, source: Source): Promise<void> {
  const { countsStaff } = source.plan
  const others = [...areaLines(source), ...totalLines(source)]
  const parts = [...factLines(source.plan), ...(countsStaff ? others.map(withoutPerson) : others)]
  const person = countsStaff ? sql`l.person_no,` : sql``
  const onlyRated =
    source.document.rated === 'all' ? sql`` : sql`where l.teacher_id in (select teacher_id from rating_total)`
  await freezeRows(trx, 'run_line', source.runId, {
    columns: [...columns, ...(countsStaff ? ['fact_teacher_id'] : [])],
    query: sql`select l.teacher_id,
        row_number() over (partition by l.teacher_id order by l.area_no, l.no, ${person} l.fact_no, l.kind_no, l.clause) as line_no,
        l.kind, l.area, l.clause, l.fact_no, l.amount ${countsStaff ? sql`, l.fact_teacher_id` : sql``}
      from (${sql.join(parts, sql` union all `)}) l ${onlyRated}
      order by l.teacher_id`,
  })
}

/** The columns by which lines of the staff's facts say whose they are; a bare null needs its type in a query of its own. */
function withoutPerson(part: Query): Query {
  return sql`select o.teacher_id, o.area_no::smallint, o.no::int, o.fact_no::int, o.kind_no, o.kind, o.area, o.clause, o.amount,
      null::bigint, null::bigint
    from (${part}) o (teacher_id, area_no, no, fact_no, kind_no, kind, area, clause, amount)`
}
