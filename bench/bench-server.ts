import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../core/database/connection.ts'
import type { Database } from '../core/database/connection.ts'
import { startEmbeddedPostgres } from '../core/database/embedded-postgres.ts'
import { migrate } from '../core/database/migrate.ts'
import type { MigrationOwner } from '../core/database/migrate.ts'
import { readServerSeconds } from './rating/server-clock.ts'

/** A server of the benchmark's own, with fsync as in life. */
export interface BenchServer {
  /** Makes an empty database with the tables of core and of these owners, lends it, and drops it. */
  inDatabase<T>(
    name: string,
    owners: readonly MigrationOwner[],
    work: (database: Database, url: string) => Promise<T>,
  ): Promise<T>
  /** Processor time of the server so far. */
  seconds(): number
}

/** Says on which machine it measures, starts the server, and removes all of it afterwards. */
export async function withBenchServer<T>(work: (server: BenchServer) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-bench-'))
  const dataDir = join(folder, 'data')
  const { url, stop } = await startEmbeddedPostgres({ dataDir, durable: true })
  try {
    await describe(url)
    return await work({
      inDatabase: async (name, owners, lend) => await inDatabase({ url, name, owners }, lend),
      seconds: () => readServerSeconds(dataDir),
    })
  } finally {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function inDatabase<T>(
  { url, name, owners }: { url: string; name: string; owners: readonly MigrationOwner[] },
  work: (database: Database, url: string) => Promise<T>,
): Promise<T> {
  await administer(url, `create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const database = openDatabase(own.href)
  try {
    const core = { owner: 'core', folder: new URL('../migrations/', import.meta.url) }
    await migrate(database.pool, [core, ...owners])
    return await work(database, own.href)
  } finally {
    await database.close()
    await administer(url, `drop database ${name} with (force)`)
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const { pool, close } = openDatabase(url)
  await pool.query(statement).finally(close)
}

async function describe(url: string): Promise<void> {
  const { pool, close } = openDatabase(url)
  const { rows } = await pool.query<{ version: string }>('select version()').finally(close)
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`
  console.log(`machine: ${machine}; Node ${process.version}; ${rows[0]!.version}`)
}
