import type { PluginContext } from '@ustaz/core/plugin'
import type { ForecastTables } from '../tables.ts'

/** Asks for a first learning where nothing was learned yet, rather than wait for the night. */
export async function learnIfNew(context: PluginContext<ForecastTables>): Promise<() => Promise<void>> {
  const known = await context.db.selectFrom('sorting_task').select('task').limit(1).executeTakeFirst()
  if (!known) await context.jobs.send('sorting', {}, { key: 'sorting' })
  return async () => {}
}
