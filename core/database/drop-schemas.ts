import { openDatabase } from './connection.ts'

/** Drops everything the product keeps in a database: the tables of core, of every plugin and of the jobs. */
export async function dropSchemas(databaseUrl: string): Promise<void> {
  const { pool, close } = openDatabase(databaseUrl, { maxConnections: 1 })
  try {
    const { rows } = await pool.query<{ name: string }>(
      `select quote_ident(nspname) as name from pg_namespace
       where nspname in ('core', 'pgboss') or nspname like 'plugin\\_%' order by nspname = 'core', nspname`,
    )
    for (const { name } of rows) await pool.query(`drop schema ${name} cascade`)
  } finally {
    await close()
  }
}
