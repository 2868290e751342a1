/** For route-walk.test.ts: what whoever prepares the belongings is given, and how they ask. */
import type { sql } from 'kysely'
import type { RatedUniversity } from '../rated-university.example.ts'
import type { Belongings } from './belongings.example.ts'
import type { Owner, Walker } from './walked-university.example.ts'

export interface Given {
  accounts: Record<Walker | Owner, number>
  runs: Belongings['runs']
}
/** Asks as an account what must succeed; answers the body. */
export type Ask = <T>(
  account: number,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object | FormData,
) => Promise<T>
export interface Making extends Given {
  there: RatedUniversity
  ask: Ask
}

export async function idOf(
  { there }: Making,
  statement: ReturnType<typeof sql<{ id: number }>>,
): Promise<number> {
  return (await statement.execute(there.server.database.db)).rows[0]!.id
}
