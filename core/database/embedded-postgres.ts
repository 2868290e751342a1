import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UstazError } from '../contract/problem.ts'
import { findBinaries } from './embedded/binaries.ts'
import { databaseName, prepareDataFolder, readPassword } from './embedded/data-folder.ts'
import { claimFolder } from './embedded/folder-claim.ts'
import { findRunningServer, stopLeftover, stopServer } from './embedded/postmaster.ts'
import { runServer } from './embedded/run-server.ts'
import { chooseServerAccount } from './embedded/server-account.ts'
import { explainFailure } from './embedded/server-problem.ts'

export interface EmbeddedPostgres {
  /** Of the database `ustaz`, with its password, on 127.0.0.1. */
  url: string
  /** Waits until everything is on disk. May be called more than once. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** Made if absent. Beside it stand `<dataDir>.password` and `<dataDir>.log`. */
  dataDir: string
  /** false: commits are not forced to disk, for tests whose data may be lost with the machine. */
  durable: boolean
}

/**
 * Starts the PostgreSQL that came with npm on a folder that keeps its data. Works as root (the server then runs under an
 * unprivileged account) and as any user. Throws UstazError `embedded-database-*` that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir)
  const release = await explained(dataDir, async () => {
    mkdirSync(dirname(dataDir), { recursive: true })
    return await claimFolder(dataDir)
  })
  try {
    return await explained(dataDir, async () => await startClaimed(dataDir, options.durable, release))
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * The address of the server that another process of this machine has running on the folder; null: none. It stops when that
 * process does.
 */
export async function findEmbeddedPostgres(folder: string): Promise<string | null> {
  const dataDir = resolve(folder)
  return await explained(dataDir, async () => {
    const port = findRunningServer(dataDir)
    const password = port === null ? null : readPassword(dataDir)
    return await Promise.resolve(port === null || password === null ? null : addressOf(password, port))
  })
}

async function startClaimed(
  dataDir: string,
  durable: boolean,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const account = chooseServerAccount(dataDir)
  const binaries = findBinaries(account)
  await stopLeftover(dataDir)
  const password = await prepareDataFolder({ dataDir, binaries, account, durable })
  const { pid, port } = await runServer({ dataDir, binaries, account, durable })
  let stopped: Promise<void> | null = null
  return {
    url: addressOf(password, port),
    stop: async () => await (stopped ??= stopServer(dataDir, pid).finally(release)),
  }
}

function addressOf(password: string, port: number): string {
  return `postgresql://${databaseName}:${password}@127.0.0.1:${port}/${databaseName}`
}

/** Turns a refusal of the file system into a message that says what to do. */
async function explained<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UstazError || !(error instanceof Error && 'syscall' in error)) throw error
    throw explainFailure(dataDir, error.message, error)
  }
}
