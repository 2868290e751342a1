import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** Tables that keep the rows of each snapshot or run in a partition of their own, with the columns of their key. */
export const keys = {
  snapshot_fact: ['snapshot_id', 'teacher_id', 'fact_no'],
  run_line: ['run_id', 'teacher_id', 'line_no'],
} as const
export type FrozenTable = keyof typeof keys

export function isPartitioned(table: string): table is FrozenTable {
  return Object.hasOwn(keys, table)
}

/** The rows of one snapshot or run as a table to read from, also before they are attached. */
export function frozenRows(table: FrozenTable, id: number): RawBuilder<unknown> {
  return sql.table(`core.${table}_${id}`)
}

/**
 * Freezes what a query answers as the rows of one snapshot or run: a table made of it (the only way in which PostgreSQL lets
 * several workers compute what is written), then keyed and guarded like the whole. `columns` names the query's columns in
 * their order; columns of the table that are not named are null, the id is put in. Rows lie on disk in the query's order.
 */
export async function freezeRows(
  db: Kysely<CoreTables>,
  table: FrozenTable,
  id: number,
  rows: { columns: readonly string[]; query: RawBuilder<unknown> },
): Promise<void> {
  const [idColumn] = keys[table]
  const definitions = await readColumns(db, table)
  const values = definitions.map(({ name, type }) => {
    if (name === idColumn) return sql`${sql.lit(id)}::bigint as ${sql.ref(name)}`
    const value = rows.columns.includes(name) ? sql`r.${sql.ref(name)}` : sql`null`
    return sql`${value}::${sql.raw(type)} as ${sql.ref(name)}`
  })
  const required = definitions
    .filter((column) => column.required)
    .map(({ name }) => sql`alter column ${sql.ref(name)} set not null`)
  const own = frozenRows(table, id)
  await sql`create table ${own} as select ${sql.join(values)}
    from (${rows.query}) r (${sql.join(rows.columns.map((name) => sql.ref(name)))})`.execute(db)
  await sql`alter table ${own} ${sql.join(required)}, add check (${sql.ref(idColumn)} = ${sql.lit(id)}),
    add primary key (${sql.join(keys[table].map((name) => sql.ref(name)))})`.execute(db)
  await lookOver(db, table, id)
  await guard(db, table, id)
}

/**
 * Gathers statistics of the key: that rows lie in its order, and how many a teacher has.
 */
async function lookOver(db: Kysely<CoreTables>, table: FrozenTable, id: number): Promise<void> {
  await sql`analyze ${frozenRows(table, id)} (${sql.join(keys[table].slice(0, 2).map((name) => sql.ref(name)))})`.execute(
    db,
  )
}

/** Opens an empty part of a table for the rows of one snapshot or run, for those who have the rows and not a query. */
export async function openRows(db: Kysely<CoreTables>, table: FrozenTable, id: number): Promise<void> {
  await sql`create table ${frozenRows(table, id)} (like ${sql.table(`core.${table}`)} including indexes)`.execute(
    db,
  )
  await guard(db, table, id)
  await attachRows(db, table, id)
}

async function guard(db: Kysely<CoreTables>, table: FrozenTable, id: number): Promise<void> {
  await sql`create trigger frozen before update or delete or truncate on ${frozenRows(table, id)}
    for each statement execute function core.refuse_change_of_frozen()`.execute(db)
}

/**
 * Makes frozen rows part of their table. Readers are not kept waiting, but until this transaction ends no other can attach
 * rows to the same table: call it when little is left to do.
 */
export async function attachRows(db: Kysely<CoreTables>, table: FrozenTable, id: number): Promise<void> {
  await sql`alter table ${sql.table(`core.${table}`)} attach partition ${frozenRows(table, id)}
    for values in (${sql.lit(id)})`.execute(db)
}

async function readColumns(
  db: Kysely<CoreTables>,
  table: FrozenTable,
): Promise<{ name: string; type: string; required: boolean }[]> {
  const { rows } = await sql<{ name: string; type: string; required: boolean }>`
    select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required
    from pg_attribute where attrelid = ${`core.${table}`}::regclass and attnum > 0 and not attisdropped
    order by attnum`.execute(db)
  return rows
}
