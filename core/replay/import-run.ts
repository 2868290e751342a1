import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { UstazError } from '../contract/problem.ts'
import { copyField } from '../database/copy-text.ts'
import type { CoreTables } from '../database/tables.ts'
import { isPartitioned, openRows } from '../rating/frozen-rows.ts'
import { regulationSchema, runSchema, snapshotSchema, tableSchema } from './export-format.ts'
import { readExportedTables, readHeadColumns } from './exported-tables.ts'
import type { ExportedTable } from './exported-tables.ts'
import type { ExportReader } from './read-export.ts'

interface Target {
  db: Kysely<CoreTables>
  pool: Pool
}
interface Ids {
  run: number
  snapshot: number
}

/**
 * Writes the run of an export into a database of its own, as it was where it was computed; answers its id there. Only for a
 * database that is thrown away: ids of teachers, units and evidence are those of the other machine. Throws what the
 * reader throws, and `export-newer-content` for a table or column that this version of the product does not have.
 */
export async function importRun({ db, pool }: Target, reader: ExportReader): Promise<number> {
  const { regulation } = await reader.readObject(regulationSchema)
  const { snapshot } = await reader.readObject(snapshotSchema)
  const { run } = await reader.readObject(runSchema)
  refuseUnknown('snapshot', Object.keys(snapshot), await readHeadColumns(db, 'snapshot'))
  refuseUnknown('run', Object.keys(run), await readHeadColumns(db, 'run'))
  const ids = await writeHeads(db, { regulation, snapshot, run })
  const tables = await readExportedTables(db)
  for (const { name, of } of tables) if (isPartitioned(name)) await openRows(db, name, ids[of])
  while ((await reader.peek()) !== null) {
    const { table: name, columns } = await reader.readObject(tableSchema)
    const table = tables.find((known) => known.name === name)
    if (!table) throw new UstazError('export-newer-content', { status: 422, params: { names: [name] } })
    refuseUnknown(
      name,
      columns,
      table.columns.map((column) => column.name),
    )
    await copyRows(pool, { table, columns, id: ids[table.of] }, reader)
  }
  await sql`analyze`.execute(db)
  return ids.run
}

function refuseUnknown(table: string, columns: readonly string[], known: readonly string[]): void {
  const names = columns.filter((name) => !known.includes(name)).map((name) => `${table}.${name}`)
  if (names.length > 0) throw new UstazError('export-newer-content', { status: 422, params: { names } })
}

interface Head {
  regulation: { code: string; version: string; hash: string; document: unknown }
  snapshot: unknown
  run: unknown
}

async function writeHeads(db: Kysely<CoreTables>, { regulation, snapshot, run }: Head): Promise<Ids> {
  const { rows } = await sql<Ids>`
    with by as (insert into core.account (name) values ('replay') returning id),
    r as (insert into core.regulation (code) values (${regulation.code}) returning id),
    v as (
      insert into core.regulation_version (regulation_id, version, document, hash, created_by)
      select r.id, ${regulation.version}, ${JSON.stringify(regulation.document)}::jsonb, ${regulation.hash}, by.id
      from r, by returning id, created_by
    ),
    s as (
      insert into core.snapshot overriding system value
      select (jsonb_populate_record(null::core.snapshot, ${JSON.stringify(snapshot)}::jsonb ||
        jsonb_build_object('id', nextval(pg_get_serial_sequence('core.snapshot', 'id'))))).*
      returning id
    )
    insert into core.run overriding system value
    select (jsonb_populate_record(null::core.run, ${JSON.stringify(run)}::jsonb || jsonb_build_object(
      'id', nextval(pg_get_serial_sequence('core.run', 'id')), 'snapshot_id', s.id,
      'regulation_version_id', v.id, 'requested_by', v.created_by))).*
    from s, v returning id as run, snapshot_id as snapshot`.execute(db)
  return rows[0]!
}

async function copyRows(
  pool: Pool,
  { table, columns, id }: { table: ExportedTable; columns: readonly string[]; id: number },
  reader: ExportReader,
): Promise<void> {
  const quoted = [`${table.of}_id`, ...columns].map((name) => `"${name}"`).join(', ')
  const client = await pool.connect()
  try {
    await pipeline(
      Readable.from(copyText(reader, id)),
      client.query(copyFrom(`copy core."${table.name}" (${quoted}) from stdin`)),
    )
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** The rows that come next, in PostgreSQL's text format of COPY, in pieces of about 64 kB. */
async function* copyText(reader: ExportReader, id: number): AsyncGenerator<string> {
  let piece = ''
  for (let line = await reader.peek(); Array.isArray(line); line = await reader.peek()) {
    reader.take()
    piece += `${id}${line.map((value) => `\t${copyField(value)}`).join('')}\n`
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield piece
}
