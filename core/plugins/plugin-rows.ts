import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

export interface PluginRow {
  id: string
  enabled: boolean
  settings: Record<string, unknown>
}

/** What was chosen about each plugin that was ever installed. */
export async function readPluginRows(db: Kysely<CoreTables>): Promise<PluginRow[]> {
  return await db.selectFrom('plugin').select(['id', 'enabled', 'settings']).orderBy('id').execute()
}

/** Each answers whether there is such a plugin. */
export async function storeEnabled(db: Kysely<CoreTables>, id: string, enabled: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('plugin')
    .set({ enabled })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function storeSettings(
  db: Kysely<CoreTables>,
  id: string,
  settings: Record<string, unknown>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('plugin')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
