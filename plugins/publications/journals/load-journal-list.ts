import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'
import { fold } from '../fold.ts'
import type { JournalListTable, PublicationTables } from '../tables.ts'
import { decodeText } from '../import/decode.ts'
import type { JournalRow, RefusedRow } from './parse-journal-list.ts'
import { parseJournalList } from './parse-journal-list.ts'
import { rebuildStandings } from './standing.ts'

export type JournalListSource = JournalListTable['source']

/** What loading did. `unchanged`: the same file was loaded before, and nothing was written. */
export type LoadedJournalList = {
  state: 'loaded' | 'replaced' | 'unchanged' | 'refused'
  rows: number
  refused: RefusedRow[]
  droppedIssns: number
}

/** A row for each ISSN of a line, or one without ISSN. */
function entriesOf(row: JournalRow) {
  const issns: (string | null)[] =
    row.issns.length > 0 ? row.issns.map((issn) => issn.replace('-', '')) : [null]
  return issns.map((issn) => ({ ...row, issn }))
}

async function writeEntries(
  trx: Transaction<PublicationTables>,
  listId: number,
  rows: readonly JournalRow[],
) {
  const entries = rows.flatMap(entriesOf)
  await sql`
    insert into plugin_publications.journal_list_entry (list_id, line, issn, title, title_key, quartile, percentile, category)
    select ${listId}, * from unnest(
      ${entries.map(({ line }) => line)}::int[], ${entries.map(({ issn }) => issn)}::text[],
      ${entries.map(({ title }) => title)}::text[], ${entries.map(({ title }) => fold(title))}::text[],
      ${entries.map(({ quartile }) => quartile)}::smallint[], ${entries.map(({ percentile }) => percentile)}::numeric[],
      ${entries.map(({ category }) => category)}::text[])`.execute(trx)
}

/**
 * Loads a list of journals from a CSV file, whole or not at all; a list of the same source and year is replaced.
 * A file of which no row can be read changes nothing and is `refused`.
 */
export async function loadJournalList(
  db: Kysely<PublicationTables>,
  list: { source: JournalListSource; year: number; file: Uint8Array },
): Promise<LoadedJournalList> {
  const { source, year, file } = list
  const parsed = parseJournalList(decodeText(file).text, { ranked: source !== 'koksnvo' })
  const report = { rows: parsed.rows.length, refused: parsed.refused, droppedIssns: parsed.droppedIssns }
  if (parsed.rows.length === 0) return { state: 'refused', ...report }
  const sha256 = createHash('sha256').update(file).digest('hex')
  return await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('journal_list')
      .select(['id', 'sha256'])
      .where('source', '=', source)
      .where('year', '=', year)
      .forUpdate()
      .executeTakeFirst()
    if (before?.sha256 === sha256) return { state: 'unchanged', ...report }
    if (before) await trx.deleteFrom('journal_list').where('id', '=', before.id).execute()
    const row = { source, year, rows: parsed.rows.length, sha256 }
    const { id } = await trx.insertInto('journal_list').values(row).returning('id').executeTakeFirstOrThrow()
    await writeEntries(trx, id, parsed.rows)
    await rebuildStandings(trx)
    return { state: before ? 'replaced' : 'loaded', ...report }
  })
}
