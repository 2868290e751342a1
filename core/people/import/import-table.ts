import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { ImportReport } from '../../contract/resources/people.ts'
import type { Language } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Cells } from './cells.ts'
import { checkReferences } from './check-references.ts'
import { decideOutcomes, matchLines } from './compare-lines.ts'
import type { ImportKind, Line } from './definition.ts'
import { findDuplicates } from './find-duplicates.ts'
import { loadChoices } from './load-choices.ts'
import { readCells } from './read-cells.ts'
import { readLines } from './read-lines.ts'
import { reportImport } from './report.ts'

interface HowToImport {
  /** true: only say what would be done. */
  dryRun: boolean
  /** Of the report. */
  language: Language
}
export interface TableOrder extends HowToImport {
  /** CSV, XLSX or ODS. */
  content: Buffer
}
export interface CellsOrder extends HowToImport {
  cells: Cells
  /** Column -> the file's own heading of it, where a person said so. */
  headings?: Readonly<Record<string, string>>
}

/** Key of the advisory lock: one import at a time, so that each compares with what the one before has written. */
const importLock = 7_382_010

/**
 * Brings the rows of a kind up to what a file says, all or nothing: one line with an issue, and nothing is
 * written. New keys are created, known ones changed where they differ, nothing is ever deleted; a line that
 * changes nothing touches no row. Throws `import-...` problems where the file as a whole cannot be read.
 */
export async function importTable(
  db: Kysely<CoreTables>,
  kind: ImportKind,
  { content, ...order }: TableOrder,
): Promise<ImportReport> {
  return await importCells(db, kind, { ...order, cells: await readCells(content) })
}

/** The same of cells that are read already. */
export async function importCells(
  db: Kysely<CoreTables>,
  kind: ImportKind,
  { cells, headings = {}, ...order }: CellsOrder,
): Promise<ImportReport> {
  return await db.transaction().execute(async (trx) => {
    if (order.dryRun) await sql`set transaction isolation level repeatable read, read only`.execute(trx)
    else await sql`select pg_advisory_xact_lock(${importLock})`.execute(trx)
    const choices = await loadChoices(trx, order.language)
    const { lines, notices } = readLines(kind, cells, choices, { language: order.language, headings })
    await checkLines(trx, kind, lines)
    const written = !order.dryRun && lines.every(({ faults }) => faults.length === 0)
    if (written) await writeLines(trx, kind, lines)
    return reportImport(kind, lines, { ...order, choices, written, notices: [...cells.notices, ...notices] })
  })
}

async function checkLines(
  trx: Transaction<CoreTables>,
  kind: ImportKind,
  lines: readonly Line[],
): Promise<void> {
  findDuplicates(kind, lines)
  await checkReferences(trx, kind, lines)
  const known = await kind.readKnown(trx, lines)
  matchLines(kind, lines, known)
  kind.check?.(lines, known)
  decideOutcomes(kind, lines)
}

async function writeLines(
  trx: Transaction<CoreTables>,
  kind: ImportKind,
  lines: readonly Line[],
): Promise<void> {
  const linesOf = (outcome: Line['outcome']) => lines.filter((line) => line.outcome === outcome)
  const rowsOf = (written: readonly Line[]) => written.map(({ after }) => after)
  const created = linesOf('created')
  const changed = linesOf('changed')
  if (created.length > 0) await kind.insert(trx, rowsOf(created))
  if (changed.length > 0) await kind.update(trx, rowsOf(changed))
  if (created.length + changed.length > 0) await kind.finish?.(trx, [...created, ...changed])
}
