import type { Kysely } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'

/** Whether any run, finished or not, was asked for by this version of a regulation. */
export async function hasRuns(db: Kysely<CoreTables>, regulationVersionId: number): Promise<boolean> {
  const run = await db
    .selectFrom('run')
    .select('id')
    .where('regulation_version_id', '=', regulationVersionId)
    .limit(1)
    .executeTakeFirst()
  return run !== undefined
}
