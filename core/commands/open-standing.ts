import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Log } from '../log.ts'
import type { Config } from '../config.ts'
import { UstazError } from '../contract/problem.ts'
import { openDatabase } from '../database/connection.ts'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { migrate } from '../database/migrate.ts'
import type { CoreTables } from '../database/tables.ts'
import { pluginAccess } from '../plugin-access.ts'
import { createHost } from '../plugins/host.ts'
import type { PluginHost } from '../plugins/host.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { coreMigrations } from './open-context.ts'
import { createUndo } from './undo.ts'

export interface Standing {
  db: Kysely<CoreTables>
  /** The listed plugins, each as if it were enabled: what is read was computed when it was. None is started or recorded. */
  host: PluginHost
  stop(): Promise<void>
}

/**
 * The product's own database, for commands that work on it: also while the product runs beside them. Where there is none it is
 * made (`create`), else throws `nothing-installed`.
 */
export async function openStanding(
  config: Config,
  log: Log,
  { create = false }: { create?: boolean } = {},
): Promise<Standing> {
  const dataDir = join(config.dataDir, 'postgres')
  if (!create && config.databaseUrl === null && !existsSync(dataDir)) {
    throw new UstazError('nothing-installed', { params: { folder: config.dataDir } })
  }
  const undo = createUndo()
  return await undo.onFailure(async () => {
    const url =
      config.databaseUrl ??
      (await findEmbeddedPostgres(dataDir)) ??
      undo.later(await startEmbeddedPostgres({ dataDir, durable: true })).url
    const { db, pool, close } = openDatabase(url)
    undo.later({ stop: close })
    await migrate(pool, [coreMigrations])
    const found = await loadListedPlugins()
    const plugins = found.map(({ specifier, definition, fault }) => ({
      id: definition?.id ?? specifier,
      version: definition?.version ?? '',
      enabled: true,
      fault,
      settings: {},
      definition,
    }))
    const now = () => new Date()
    const host = createHost({
      db,
      plugins,
      access: pluginAccess(db, now),
      log,
      now,
      timeZone: config.timeZone,
    })
    return { db, host, stop: undo.run }
  })
}
