import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

/** Codes of all positions the university has. */
export async function readPositionCodes(db: Kysely<CoreTables>): Promise<Set<string>> {
  const rows = await db.selectFrom('position').select('code').execute()
  return new Set(rows.map(({ code }) => code))
}
