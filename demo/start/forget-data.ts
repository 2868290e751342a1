import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientBase } from 'pg'

/** Drops all that a demonstration and the product under it keep in a database, at once or not at all, and the files. */
export async function forgetData(client: ClientBase, dataDir: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(nspname) as name from pg_namespace
     where nspname in ('core', 'pgboss', 'demo') or nspname like 'plugin\\_%' order by nspname <> 'core', nspname`,
  )
  if (rows.length > 0) await client.query(`drop schema ${rows.map(({ name }) => name).join(', ')} cascade`)
  await rm(join(dataDir, 'files'), { recursive: true, force: true })
}
