import type { PoolClient } from 'pg'

/**
 * Does a load while the tables of core have none of their secondary indexes and foreign keys, and makes these again from what the
 * database itself says of them: building and checking them once is several times faster than keeping them for every row.
 * Within the transaction of the load, so nobody ever sees the tables without.
 */
export async function withoutIndexes<T>(
  client: PoolClient,
  tables: readonly string[],
  load: () => Promise<T>,
): Promise<T> {
  const again = [...(await foreignKeys(client, tables)), ...(await indexes(client, tables))]
  for (const { drop } of again) await client.query(drop)
  const loaded = await load()
  await client.query(`set local maintenance_work_mem = '512MB'`)
  // A build in parallel needs shared memory that small containers do not have.
  await client.query('set local max_parallel_maintenance_workers = 0')
  for (const { make } of again.toReversed()) await client.query(make)
  return loaded
}

interface Statement {
  drop: string
  make: string
}

async function foreignKeys(client: PoolClient, tables: readonly string[]): Promise<Statement[]> {
  const { rows } = await client.query<Statement>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
     from pg_constraint where contype = 'f' and conrelid = any($1::regclass[]) order by conname`,
    [tables.map((table) => `core.${table}`)],
  )
  return rows
}

/** Those that hold a constraint (primary keys, unique ones) stay. */
async function indexes(client: PoolClient, tables: readonly string[]): Promise<Statement[]> {
  const { rows } = await client.query<Statement>(
    `select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as make
     from pg_index i where indrelid = any($1::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
     order by indexrelid::regclass::text`,
    [tables.map((table) => `core.${table}`)],
  )
  return rows
}
