import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** First key of the advisory locks that say "this run is being computed"; the second is the run's id. */
const lockClass = 7_382_001

/** Takes the run's lock until the transaction ends; false: another worker holds it. */
export async function lockRun(trx: Transaction<CoreTables>, runId: number): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(${lockClass}, ${runId}::int) as locked`.execute(trx)
  return rows[0]!.locked
}

/** Interrupts the statement of whichever worker computes the run, on any machine; does nothing if none does. */
export async function interruptRun(db: Kysely<CoreTables>, runId: number): Promise<void> {
  await sql`select pg_cancel_backend(pid) from pg_locks
    where locktype = 'advisory' and classid = ${lockClass} and objid = ${runId} and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
}
