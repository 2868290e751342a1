import type { TableLine } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { rebuildResults } from '../results/rebuild-results.ts'
import type { TeachingTables } from '../tables.ts'

/** Works out what the written lines of groups (by the column `group`) may have changed: the years from the first of them on. */
export async function rebuildFrom(
  trx: Transaction<TeachingTables>,
  lines: readonly TableLine[],
): Promise<void> {
  const codes = [...new Set(lines.flatMap(({ after }) => after['group'] ?? []))]
  const { rows } = await sql<{ year: number | null }>`
    select min(year) as year from plugin_teaching.course_group where code = any(${codes}::text[])`.execute(
    trx,
  )
  await rebuildResults(trx, rows[0]?.year ?? 0)
}
