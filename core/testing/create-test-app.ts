import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { openWays } from '../access/providers/open-ways.ts'
import { buildApp } from '../app.ts'
import type { AppOptions } from '../app.ts'
import type { AppContext } from '../app-context.ts'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { createFileStore } from '../evidence/file-store.ts'
import { openJobs } from '../jobs/open-jobs.ts'
import { createPluginQueues } from '../jobs/plugin-jobs.ts'
import type { BrokerAddress } from '../plugin/broker.ts'
import { checkPlugin } from '../plugins/load-plugins.ts'
import type { FoundPlugin } from '../plugins/load-plugins.ts'
import { openHost } from '../plugins/open-host.ts'
import { pluginAccess } from '../plugin-access.ts'
import { coreRoutes } from '../routes/index.ts'
import { actAs } from './act-as.ts'
import { createTestDatabase } from './create-test-database.ts'
import type { TestDatabase } from './create-test-database.ts'

export interface TestApp {
  app: FastifyInstance
  context: AppContext
  database: TestDatabase
  /** What was logged, newest last. */
  logged: string[]
  close(): Promise<void>
}

/**
 * The whole server on a database of its own (or the given one, which is dropped with it), with the given plugins; ask it by
 * `app.inject`, in whose name the header x-ustaz-account says (act-as.ts). `now` stands still at the given moment, unless it is a clock.
 */
export async function createTestApp(
  options: Partial<AppOptions> & {
    plugins?: readonly unknown[]
    found?: readonly FoundPlugin[]
    now?: string | (() => Date)
    database?: TestDatabase
    /** Absent: there is none. */
    broker?: BrokerAddress
    /** What is other than without any setting. */
    settings?: Partial<Config>
  } = {},
): Promise<TestApp> {
  const { plugins = [], now = '2026-06-30T09:00:00Z', found = findPlugins(plugins), ...rest } = options
  const { database = await createTestDatabase(), settings = {}, broker, ...app } = rest
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-app-'))
  const logged: string[] = []
  const write = (message: string) => logged.push(message)
  const log = { info: write, warn: write, error: write }
  const { db, pool } = database
  const clock = typeof now === 'string' ? () => new Date(now) : now
  const jobs = await openJobs(database.url, log)
  const config = { ...readConfig({ USTAZ_DATA_DIR: folder }), ...settings }
  const access = pluginAccess(db, clock, jobs, config)
  const host = await openHost({
    db,
    pool,
    found,
    log,
    now: clock,
    access,
    timeZone: config.timeZone,
    ...(broker && { broker }),
  })
  await createPluginQueues(jobs, host)
  const files = createFileStore(join(folder, 'files'))
  const ways = openWays(config, log)
  const context: AppContext = { db, pool, host, jobs, files, config, log, ...ways, broker: null, now: clock }
  const onRequest = actAs(db, () => context.now())
  const server = await buildApp(context, { routes: coreRoutes, webFolder: null, onRequest, ...app })
  const close = async () => {
    await server.close()
    await jobs.stop({ graceful: false })
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
  return { app: server, context, database, logged, close }
}

function findPlugins(plugins: readonly unknown[]): FoundPlugin[] {
  const found: FoundPlugin[] = []
  for (const [index, plugin] of plugins.entries())
    found.push(checkPlugin(`plugin ${index + 1}`, plugin, found))
  return found
}
