import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Log } from '../log.ts'
import { openDatabase } from '../database/connection.ts'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { migrate } from '../database/migrate.ts'
import type { CoreTables } from '../database/tables.ts'
import { pluginAccess } from '../plugin-access.ts'
import type { PluginHost } from '../plugins/host.ts'
import { openHost } from '../plugins/open-host.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { coreMigrations } from './open-context.ts'
import { createUndo } from './undo.ts'

export interface Scratch {
  db: Kysely<CoreTables>
  pool: Pool
  host: PluginHost
  /** Nothing of it is left. */
  stop(): Promise<void>
}

/** An empty university of its own, with the installed plugins, for commands that compute without touching anybody's data. */
export async function openScratch(log: Log): Promise<Scratch> {
  const undo = createUndo()
  return await undo.onFailure(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ustaz-scratch-'))
    chmodSync(folder, 0o755)
    undo.later({ stop: async () => await rm(folder, { recursive: true, force: true }) })
    const server = undo.later(
      await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false }),
    )
    const { db, pool, close } = openDatabase(server.url)
    undo.later({ stop: close })
    await migrate(pool, [coreMigrations])
    const now = () => new Date()
    const found = await loadListedPlugins()
    const host = undo.later(await openHost({ db, pool, found, log, now, access: pluginAccess(db, now) }))
    return { db, pool, host, stop: undo.run }
  })
}
