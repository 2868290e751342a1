import type { ClientBase, Pool } from 'pg'
import type { University } from '../people/university.ts'

/** What a database holds of the demonstration. */
export interface Marker {
  seed: string
  teachers: number
  entries: number
}

/** Says that the demonstration is here, whole; in the transaction that loads it. */
export async function writeMarker(
  client: ClientBase,
  { seed, teachers }: University,
  entries: number,
): Promise<void> {
  await client.query('create schema demo')
  await client.query(
    'create table demo.university (seed text not null, teachers integer not null, entries bigint not null)',
  )
  await client.query('insert into demo.university values ($1, $2, $3)', [seed, teachers, entries])
}

/** null: no demonstration was loaded here. */
export async function readMarker(database: ClientBase | Pool): Promise<Marker | null> {
  const { rows: found } = await database.query<{ table: string | null }>(
    `select to_regclass('demo.university')::text as table`,
  )
  if (found[0]?.table === null) return null
  const { rows } = await database.query<{ seed: string; teachers: number; entries: string }>(
    'select seed, teachers, entries::text from demo.university',
  )
  const [row] = rows
  return row ? { ...row, entries: Number(row.entries) } : null
}
