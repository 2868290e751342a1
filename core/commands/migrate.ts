import type { Config } from '../config.ts'
import { openDatabase } from '../database/connection.ts'
import { migrate as runMigrations } from '../database/migrate.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { coreMigrations } from './open-context.ts'
import { openServers } from './open-servers.ts'
import { say } from './speak.ts'

/** Brings the tables of core and of every installed plugin up to date, and says which files ran. */
export async function migrate(config: Config): Promise<void> {
  const servers = await openServers(config)
  try {
    const { pool, close } = openDatabase(servers.databaseUrl)
    const ran = await runMigrations(pool, [coreMigrations, ...(await pluginMigrations())]).finally(close)
    say(ran.length > 0 ? 'migrated' : 'nothing-to-migrate', { count: ran.length, files: ran })
  } finally {
    await servers.stop()
  }
}

/** Of plugins that are whole; a broken one is named when the product starts. */
async function pluginMigrations() {
  const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
  return plugins.flatMap(({ id, migrations, audit = {} }) =>
    migrations ? [{ owner: id, folder: migrations, audit }] : [],
  )
}
