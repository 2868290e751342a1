import { join } from 'node:path'
import { openWays } from '../access/providers/open-ways.ts'
import { createResetQueue } from '../access/reset-by-mail.ts'
import type { AppContext } from '../app-context.ts'
import type { Log } from '../log.ts'
import { reachBroker } from '../broker/reach-broker.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/connection.ts'
import { migrate } from '../database/migrate.ts'
import { createFileStore } from '../evidence/file-store.ts'
import { openJobs } from '../jobs/open-jobs.ts'
import { createPluginQueues } from '../jobs/plugin-jobs.ts'
import { createMailQueue } from '../mail/queue-mail.ts'
import { openHost } from '../plugins/open-host.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { pluginAccess } from '../plugin-access.ts'
import { createRunQueue } from '../rating/run-worker.ts'
import { openServers } from './open-servers.ts'
import { createUndo } from './undo.ts'

export interface OpenContext {
  context: AppContext
  /** Everything, newest first; running jobs have some seconds to end. */
  stop(): Promise<void>
}

/** Core's own migrations. */
export const coreMigrations = { owner: 'core', folder: new URL('../../migrations/', import.meta.url) }

/** How long a job may still run after the stop was asked for; a longer one is given to the next process that starts. */
const jobStopSeconds = 10

/**
 * Opens all that the product works with: servers, tables brought up to date, jobs, plugins. `prepare` is called while nothing
 * but the database server runs. What was opened is closed again if anything fails.
 */
export async function openContext(
  config: Config,
  log: Log,
  prepare: (databaseUrl: string) => Promise<void> = async () => undefined,
): Promise<OpenContext> {
  const undo = createUndo()
  return await undo.onFailure(async () => {
    const { databaseUrl, broker: address, embeddedBroker } = undo.later(await openServers(config))
    await prepare(databaseUrl)
    const { db, pool, close } = openDatabase(databaseUrl)
    undo.later({ stop: close })
    await migrate(pool, [coreMigrations])
    const jobs = await openJobs(databaseUrl, log)
    undo.later({ stop: async () => await jobs.stop({ graceful: true, timeout: jobStopSeconds * 1000 }) })
    await createRunQueue(jobs)
    await createMailQueue(jobs)
    await createResetQueue(jobs)
    const now = () => new Date()
    const found = await loadListedPlugins()
    const host = undo.later(
      await openHost({
        db,
        pool,
        found,
        log,
        now,
        access: pluginAccess(db, now, jobs, config),
        broker: address,
        timeZone: config.timeZone,
      }),
    )
    await createPluginQueues(jobs, host)
    embeddedBroker?.admitBy(async (credentials) => await host.admitDevice(credentials))
    const files = createFileStore(join(config.dataDir, 'files'))
    const broker = { ping: async () => await reachBroker(address) }
    const ways = openWays(config, log)
    return { context: { db, pool, host, jobs, files, config, log, ...ways, broker, now }, stop: undo.run }
  })
}
