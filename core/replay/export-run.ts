import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import type { ControlledTransaction, Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { formatName, formatVersion } from './export-format.ts'
import type { Begin } from './export-format.ts'
import { readExportedTables, readHeadColumns } from './exported-tables.ts'
import type { ExportedTable } from './exported-tables.ts'

export interface ExportParts {
  runId: number
  product: Begin['product']
  plugins: Begin['plugins']
  at: Date
}

/** In English in every file: who opens it may be anywhere. */
const personalData =
  'Names, posts, leave and works of persons. Keep it as the personnel files are kept; delete it when it was replayed.'
const rowsAtOnce = 2000

/**
 * A finished run with all that it was computed from, as a file to be replayed elsewhere; export-format.ts says how it is
 * written. Memory does not grow with the run. Throws `run-not-found` and `run-not-done` before anything is written; if the
 * database fails later, the stream fails too, and the file is known to be incomplete by its end.
 */
export async function exportRun(db: Kysely<CoreTables>, parts: ExportParts): Promise<Readable> {
  const heads = await readHeads(db, parts.runId)
  const packed = createGzip()
  const lines = Readable.from(sealed(exportLines(db, { ...parts, ...heads })), { objectMode: false })
  pipeline(lines, packed, () => undefined)
  return packed
}

type Heads = Awaited<ReturnType<typeof readHeads>>

async function readHeads(db: Kysely<CoreTables>, runId: number) {
  const run = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .select(['run.state', 'run.snapshot_id', 'r.code', 'v.version', 'v.hash', 'v.document'])
    .where('run.id', '=', runId)
    .executeTakeFirst()
  if (!run) throw new UstazError('run-not-found', { status: 404 })
  const { state, snapshot_id: snapshotId, ...regulation } = run
  if (state !== 'done' || snapshotId === null) {
    throw new UstazError('run-not-done', { status: 409, params: { state } })
  }
  return {
    snapshotId,
    regulation,
    snapshot: await readHead(db, 'snapshot', snapshotId),
    run: await readHead(db, 'run', runId),
  }
}

/** The row of a snapshot or run as JSON with exact numbers. */
async function readHead(db: Kysely<CoreTables>, table: 'snapshot' | 'run', id: number): Promise<unknown> {
  const columns = await readHeadColumns(db, table)
  const { rows } = await sql<{ head: unknown }>`
    select jsonb_build_object(${sql.join(columns.flatMap((name) => [sql.lit(name), sql.ref(name)]))}) as head
    from ${sql.table(`core.${table}`)} where id = ${id}`.execute(db)
  return rows[0]!.head
}

async function* exportLines(db: Kysely<CoreTables>, parts: ExportParts & Heads): AsyncGenerator<string[]> {
  const begin: Begin = {
    format: formatName,
    formatVersion,
    product: parts.product,
    plugins: parts.plugins,
    exportedAt: parts.at.toISOString(),
    personalData,
  }
  const { regulation, snapshot, run } = parts
  yield [begin, { regulation }, { snapshot }, { run }].map((head) => JSON.stringify(head))
  const trx = await db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute()
  const rows: Record<string, number> = {}
  try {
    for (const table of await readExportedTables(trx)) {
      yield [JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) })]
      rows[table.name] = 0
      const id = table.of === 'run' ? parts.runId : parts.snapshotId
      for await (const lines of readRows(trx, table, id)) {
        rows[table.name]! += lines.length
        yield lines
      }
    }
  } finally {
    await trx.rollback().execute()
  }
  yield [JSON.stringify({ end: { rows } })]
}

/** The rows of a table in the order of its key, so that the same run gives the same lines. */
async function* readRows(
  trx: ControlledTransaction<CoreTables>,
  { name, of, columns, key }: ExportedTable,
  id: number,
): AsyncGenerator<string[]> {
  const values = columns.map((column) => sql`${sql.ref(column.name)}::text`)
  await sql`declare export_rows no scroll cursor for
    select json_build_array(${sql.join(values)})::text as line from ${sql.table(`core.${name}`)}
    where ${sql.ref(`${of}_id`)} = ${sql.lit(id)}
    order by ${sql.join(key.map((column) => sql.ref(column)))}`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(rowsAtOnce)} from export_rows`.execute(trx)
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
  }
  await sql`close export_rows`.execute(trx)
}

/** Joins lines to pieces of text; the last line gets the digest of all before it. */
async function* sealed(pieces: AsyncIterable<string[]>): AsyncGenerator<string> {
  const digest = createHash('sha256')
  let last: string[] = []
  for await (const lines of pieces) {
    if (last.length > 0) yield hashed(last)
    last = lines
  }
  const { end } = JSON.parse(last[0]!) as { end: object }
  yield `${JSON.stringify({ end: { ...end, sha256: digest.digest('hex') } })}\n`

  function hashed(lines: readonly string[]): string {
    const text = `${lines.join('\n')}\n`
    digest.update(text)
    return text
  }
}
