import type { PoolClient } from 'pg'

/** Ids for so many rows of a table of core, one after the other; answers the first. Nobody else may insert meanwhile. */
export async function reserveIds(client: PoolClient, table: string, count: number): Promise<number> {
  const { rows } = await client.query<{ first: number }>(
    `select setval(sequence, nextval(sequence) + $2::bigint - 1) - $2::bigint + 1 as first
     from pg_get_serial_sequence($1, 'id') as sequence`,
    [`core.${table}`, count],
  )
  return rows[0]!.first
}
