import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** Forgets who looked at whose data when three years have passed (the table lets nothing younger go); answers how many rows went. */
export async function deleteOldAccesses(db: Kysely<CoreTables>): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from core.data_access where at < now() - interval '3 years'`.execute(db)
  return Number(numAffectedRows)
}
