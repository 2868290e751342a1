import { UstazError } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { hashOf } from '../answers/tokens.ts'
import type { SurveyTables, TokenTable } from '../tables.ts'

type Database = Transaction<SurveyTables>

export interface CellToFill {
  id: number
  group_code: string
  course_title: string
  teacher_name: string
  students: number
  /** Links that are out. */
  out: number
}

/** Cells of these groups, in which nobody else gives out links until the transaction ends. */
export async function lockCells(
  trx: Database,
  campaignId: number,
  groups: readonly string[],
): Promise<CellToFill[]> {
  if (groups.length === 0) return []
  const cells = await trx
    .selectFrom('cell')
    .select(['id', 'group_code', 'course_title', 'teacher_name', 'students'])
    .where('campaign_id', '=', campaignId)
    .where('group_code', 'in', groups)
    .orderBy('group_code')
    .orderBy('course_title')
    .orderBy('id')
    .forUpdate()
    .execute()
  const { rows } = await sql<{ cell_id: number; out: number }>`
    select cell_id, count(*)::integer as out from plugin_surveys.token
    where cell_id = any(${cells.map(({ id }) => id)}::bigint[]) group by cell_id`.execute(trx)
  const out = new Map(rows.map((row) => [row.cell_id, row.out]))
  return cells.map((cell) => ({ ...cell, out: out.get(cell.id) ?? 0 }))
}

/** Makes printed links void that nobody used. */
export async function takeBackPrinted(
  trx: Database,
  campaignId: number,
  groups: readonly string[],
): Promise<void> {
  await sql`
    delete from plugin_surveys.token t using plugin_surveys.cell c
    where c.id = t.cell_id and c.campaign_id = ${campaignId} and c.group_code = any(${[...groups]}::text[])
      and t.way = 'paper' and t.receipt is null`.execute(trx)
}

/**
 * Puts tokens on record by their hashes, in the order of these, which tells nothing of who got which. Throws `surveys.more-than-students`
 * where there would be more links than students.
 */
export async function issueTokens(
  trx: Database,
  issued: ReadonlyMap<CellToFill, readonly string[]>,
  way: TokenTable['way'],
): Promise<void> {
  for (const [cell, tokens] of issued) {
    if (cell.out + tokens.length <= cell.students) continue
    const params = { group: cell.group_code, course: cell.course_title, students: cell.students }
    throw new UstazError('surveys.more-than-students', { status: 409, params })
  }
  const rows = [...issued].flatMap(([{ id }, tokens]) => tokens.map((token) => ({ id, hash: hashOf(token) })))
  rows.sort((a, b) => a.hash.compare(b.hash))
  await sql`
    insert into plugin_surveys.token (hash, cell_id, way)
    select x.hash, x.cell, ${way} from unnest(${rows.map(({ hash }) => hash)}::bytea[], ${rows.map(({ id }) => id)}::bigint[])
      with ordinality x (hash, cell, place) order by x.place`.execute(trx)
}
