import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'

/**
 * Removes what earlier rounds wrote, so that every round meets the same database. Results are frozen by triggers; only a
 * superuser's replication role may empty their tables.
 */
export async function emptyTables(db: Kysely<CoreTables>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set client_min_messages = warning`.execute(connection)
    await sql`set session_replication_role = replica`.execute(connection)
    const { rows } = await sql<{ name: string }>`
      select relid::regclass::text as name from (select * from pg_partition_tree('core.snapshot_fact')
        union all select * from pg_partition_tree('core.run_line')) p where isleaf`.execute(connection)
    for (const { name } of rows) await sql`drop table ${sql.raw(name)}`.execute(connection)
    await sql`truncate core.snapshot, core.snapshot_unit, core.snapshot_teacher, core.snapshot_post, core.snapshot_leader,
      core.run, core.run_teacher, core.run_area, core.run_unit cascade`.execute(connection)
    await sql`set session_replication_role = origin`.execute(connection)
    await sql`reset client_min_messages`.execute(connection)
    await sql`checkpoint`.execute(connection)
  })
}

/** Removes what hand-written SQL wrote. */
export async function emptyHandTables(db: Kysely<CoreTables>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set client_min_messages = warning`.execute(connection)
    await sql`drop schema if exists hand cascade`.execute(connection)
    await sql`create schema hand`.execute(connection)
    await sql`reset client_min_messages`.execute(connection)
    await sql`checkpoint`.execute(connection)
  })
}
