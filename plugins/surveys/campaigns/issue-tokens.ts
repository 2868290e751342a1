import { UstazError } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { hashOf } from '../answers/tokens.ts'
import type { SurveyTables, TokenTable } from '../tables.ts'
import { findBundles, keyOf, linksTo } from './bundles.ts'
import type { Groups } from './bundles.ts'

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
  const { rows } = await sql<{ id: number; out: number }>`
    select c.id, ${linksTo(sql`c`)} as out from plugin_surveys.cell c
    where c.id = any(${cells.map(({ id }) => id)}::bigint[])`.execute(trx)
  const out = new Map(rows.map((row) => [row.id, row.out]))
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
  // Slips of a linked campaign are about one group each.
  await sql`
    delete from plugin_surveys.token t using plugin_surveys.bundle b
    where b.id = t.bundle_id and b.campaign_id = ${campaignId} and b.groups <@ ${[...groups]}::text[]
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
  for (const [cell, tokens] of issued) refuseMore(cell, tokens.length)
  const rows = [...issued].flatMap(([{ id }, tokens]) => tokens.map((token) => ({ id, token })))
  await insertTokens(trx, rows, { about: 'cell_id', way })
}

/** The same in a linked campaign: for bundles of groups. `cells`: those of the groups, locked. */
export async function issueBundles(
  trx: Database,
  issued: readonly { groups: Groups; tokens: readonly string[] }[],
  { campaignId, cells, way }: { campaignId: number; cells: readonly CellToFill[]; way: TokenTable['way'] },
): Promise<void> {
  for (const cell of cells) {
    const own = issued.filter(({ groups }) => groups.includes(cell.group_code))
    refuseMore(
      cell,
      own.reduce((sum, { tokens }) => sum + tokens.length, 0),
    )
  }
  const bundles = await findBundles(
    trx,
    campaignId,
    issued.map(({ groups }) => groups),
  )
  const rows = issued.flatMap(({ groups, tokens }) =>
    tokens.map((token) => ({ id: bundles.get(keyOf(groups))!, token })),
  )
  await insertTokens(trx, rows, { about: 'bundle_id', way })
}

function refuseMore(cell: CellToFill, more: number): void {
  if (cell.out + more <= cell.students) return
  const params = { group: cell.group_code, course: cell.course_title, students: cell.students }
  throw new UstazError('surveys.more-than-students', { status: 409, params })
}

async function insertTokens(
  trx: Database,
  issued: readonly { id: number; token: string }[],
  { about, way }: { about: 'cell_id' | 'bundle_id'; way: TokenTable['way'] },
): Promise<void> {
  const rows = issued.map(({ id, token }) => ({ id, hash: hashOf(token) }))
  rows.sort((a, b) => a.hash.compare(b.hash))
  await sql`
    insert into plugin_surveys.token (hash, ${sql.ref(about)}, way)
    select x.hash, x.id, ${way} from unnest(${rows.map(({ hash }) => hash)}::bytea[], ${rows.map(({ id }) => id)}::bigint[])
      with ordinality x (hash, id, place) order by x.place`.execute(trx)
}
