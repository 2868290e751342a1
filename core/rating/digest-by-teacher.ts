import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

interface Digested {
  /** A table with a key that begins with an id and teacher_id. */
  rows: RawBuilder<unknown>
  /** The rows' order within a teacher: what follows in that key, so that nothing is sorted. */
  order: RawBuilder<unknown>
  /** What goes into the digest. */
  values: RawBuilder<unknown>
  /** Further aggregates of a teacher's rows. */
  also: RawBuilder<unknown>
}

/**
 * A query of teacher_id, digest (sha256 over the values of the teacher's rows) and further aggregates. Values are written in
 * PostgreSQL's binary exchange format, which says type and length of each, so that no two lists of values look alike; it is
 * also half the work of writing them as text. The teachers are divided into ranges, which several processes of the server
 * read at once: an aggregate in a given order is never computed in parallel otherwise.
 */
export async function digestByTeacher(
  trx: Kysely<CoreTables>,
  snapshotId: number,
  digested: Digested,
): Promise<RawBuilder<unknown>> {
  await allowWorkers(trx)
  const bounds = await divideTeachers(trx, snapshotId)
  const parts = [...bounds, null].map((to, index) => {
    const above = index === 0 ? sql`true` : sql`teacher_id > ${sql.lit(bounds[index - 1])}`
    const upTo = to === null ? sql`true` : sql`teacher_id <= ${sql.lit(to)}`
    return sql`select teacher_id, ${digested.also},
        sha256(string_agg(record_send(row(${digested.values})), null order by ${digested.order})) as digest
      from ${digested.rows} where ${above} and ${upTo} group by teacher_id`
  })
  return sql.join(parts, sql` union all `)
}

const ranges = 2

/** The ids that divide the frozen teachers into ranges of about as many; none where there are hardly any teachers. */
async function divideTeachers(trx: Kysely<CoreTables>, snapshotId: number): Promise<number[]> {
  const fractions = Array.from({ length: ranges - 1 }, (_, index) => (index + 1) / ranges)
  const { rows } = await sql<{ bounds: number[] | null }>`
    select percentile_disc(${fractions}::float8[]) within group (order by teacher_id) as bounds
    from core.snapshot_teacher where snapshot_id = ${snapshotId}`.execute(trx)
  return [...new Set(rows[0]!.bounds ?? [])]
}

/** The planner cannot know what a digest costs: it is told that handing over rows costs nothing. */
async function allowWorkers(trx: Kysely<CoreTables>): Promise<void> {
  await sql`select set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
    set_config('max_parallel_workers_per_gather', '2', true)`.execute(trx)
}
