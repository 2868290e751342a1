import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { frozenRows, keys } from './frozen-rows.ts'
import type { FrozenTable } from './frozen-rows.ts'

interface Digested {
  table: FrozenTable
  /** Of the snapshot or run whose rows are digested. */
  id: number
  /** What goes into the digest. */
  values: RawBuilder<unknown>
  /** A value that older rows do not have: it goes in where it is known, so that their digests stay what they were. */
  later?: RawBuilder<unknown>
  /** Further aggregates of a teacher's rows. */
  also: RawBuilder<unknown>
}

/**
 * A query of teacher_id, digest (sha256 over the values of the teacher's rows in the order of their numbers) and further aggregates, for `readDigests`. Values
 * are written in PostgreSQL's binary exchange format, which says type and length of each, so that no two lists of values look
 * alike; it is also half the work of writing them as text. The teachers are divided into ranges, which several processes of
 * the server read at once: an aggregate in a given order is never computed in parallel otherwise.
 */
export async function digestByTeacher(
  db: Kysely<CoreTables>,
  snapshotId: number,
  digested: Digested,
): Promise<RawBuilder<unknown>> {
  const bounds = await divideTeachers(db, snapshotId)
  const [idColumn, , number] = keys[digested.table]
  // A record says how many values it has: one of a single value is no part of the next row.
  const later = digested.later
    ? sql`|| case when ${digested.later} is null then ''::bytea else record_send(row(${digested.later})) end`
    : sql``
  const parts = [...bounds, null].map((to, index) => {
    const above = index === 0 ? sql`true` : sql`teacher_id > ${sql.lit(bounds[index - 1])}`
    const upTo = to === null ? sql`true` : sql`teacher_id <= ${sql.lit(to)}`
    return sql`select teacher_id, ${digested.also},
        sha256(string_agg(record_send(row(${digested.values})) ${later}, null order by ${sql.ref(number)})) as digest
      from ${frozenRows(digested.table, digested.id)}
      where ${sql.ref(idColumn)} = ${sql.lit(digested.id)} and ${above} and ${upTo} group by teacher_id`
  })
  return sql.join(parts, sql` union all `)
}

const ranges = 2

/** The ids that divide the frozen teachers into ranges of about as many; none where there are hardly any teachers. */
async function divideTeachers(db: Kysely<CoreTables>, snapshotId: number): Promise<number[]> {
  const fractions = Array.from({ length: ranges - 1 }, (_, index) => (index + 1) / ranges)
  const { rows } = await sql<{ bounds: number[] | null }>`
    select percentile_disc(${fractions}::float8[]) within group (order by teacher_id) as bounds
    from core.snapshot_teacher where snapshot_id = ${snapshotId}`.execute(db)
  return [...new Set(rows[0]!.bounds ?? [])]
}

/**
 * Reads a query over digests, inside a transaction. What the planner cannot know: a digest costs far more than handing over its
 * row to another process, and reading rows in the order of their key far less than sorting them, since that is how they lie.
 */
export async function readDigests<T>(db: Kysely<CoreTables>, query: RawBuilder<T>): Promise<T[]> {
  await sql`select set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
    set_config('enable_sort', 'off', true)`.execute(db)
  const { rows } = await query.execute(db)
  await sql`set local enable_sort to default`.execute(db)
  return rows
}
