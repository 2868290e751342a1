import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Mover } from '../../../contract/resources/run-comparison.ts'
import type { LocalizedText } from '../../../contract/text.ts'
import type { CoreTables } from '../../../database/tables.ts'
import { titlesOf } from '../teacher-result.ts'
import type { RunPair } from './run-pair.ts'

const shown = 3

/** Adds to each teacher the clauses whose sum of lines changed most; the clause alone decides among equals. */
export async function addLargestClauses<Row extends { teacherId: number }>(
  db: Kysely<CoreTables>,
  pair: RunPair,
  movers: readonly Row[],
): Promise<(Row & Pick<Mover, 'clauses'>)[]> {
  const ids = movers.map(({ teacherId }) => teacherId)
  const { rows } = await sql<{ teacher_id: number; clause: string; change: string }>`
    select teacher_id, clause, trim_scale(change)::text as change
    from (
      select teacher_id, clause, sum(amount) as change,
        row_number() over (partition by teacher_id order by abs(sum(amount)) desc, clause collate "C") as size_no
      from (
        select teacher_id, clause, amount from core.run_line
        where run_id = ${pair.after.id} and teacher_id = any(${ids}::bigint[])
        union all
        select teacher_id, clause, -amount from core.run_line
        where run_id = ${pair.before.id} and teacher_id = any(${ids}::bigint[])
      ) line
      group by teacher_id, clause having sum(amount) <> 0
    ) clauses
    where size_no <= ${shown} order by teacher_id, size_no`.execute(db)
  const byTeacher = Map.groupBy(rows, (row) => row.teacher_id)
  const titleOf = clauseTitles(pair)
  return movers.map((mover) => ({
    ...mover,
    clauses: (byTeacher.get(mover.teacherId) ?? []).map(({ clause, change }) => ({
      clause,
      title: titleOf(clause),
      change,
    })),
  }))
}

/** Titles as the later regulation gives them, else the earlier one; a weighting is called by the regulation's own title. */
export function clauseTitles({ before, after }: RunPair): (clause: string) => LocalizedText {
  const [now, then] = [titlesOf(after.document), titlesOf(before.document)]
  return (clause) => now.get(clause) ?? then.get(clause) ?? after.document.title
}
