import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { runProgram } from './run-program.ts'
import type { ServerAccount } from './server-account.ts'
import { explainFailure, foreignFolder, notADatabase, otherVersion } from './server-problem.ts'

/** Name of the database and of the account that owns it. */
export const databaseName = 'ustaz'

interface Folder {
  dataDir: string
  binaries: Binaries
  account: ServerAccount | null
  durable: boolean
}

/**
 * Makes sure that the folder holds a whole database that we may use; answers its password. A new one is made beside and renamed
 * when it is whole, so what a crash or a full disk left half done is known by its name and made again.
 */
export async function prepareDataFolder(folder: Folder): Promise<string> {
  if (!hasDatabase(folder)) await createDatabase(folder)
  const password = readPassword(folder.dataDir)
  return password ?? (await replacePassword(folder))
}

function hasDatabase({ dataDir, binaries }: Folder): boolean {
  const stats = statSync(dataDir, { throwIfNoEntry: false })
  if (!stats) return false
  if (!stats.isDirectory()) throw notADatabase(dataDir)
  const ours = process.getuid?.()
  if (ours !== 0 && stats.uid !== ours) throw foreignFolder(dataDir, stats.uid)
  if (readdirSync(dataDir).length === 0) return false
  if (!existsSync(join(dataDir, 'PG_VERSION'))) throw notADatabase(dataDir)
  const version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (version !== String(binaries.major)) throw otherVersion(dataDir, version, binaries.major)
  return true
}

async function createDatabase({ dataDir, binaries, account, durable }: Folder): Promise<void> {
  const unfinished = `${dataDir}.new`
  // What made it may not have noticed yet that it lost its parent, and still be writing.
  await rm(unfinished, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 })
  mkdirSync(unfinished, { mode: 0o700 })
  if (account) chownSync(unfinished, account.uid, account.gid)
  const { status, output } = await runProgram(
    join(binaries.native, 'bin/initdb'),
    [
      `--username=${databaseName}`,
      '--auth=trust',
      '--encoding=UTF8',
      // Letters of every script are letters to trigram and full-text search only where the C library's locale says so.
      '--locale=C.UTF-8',
      '--locale-provider=icu',
      '--icu-locale=und',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    { folder: unfinished, account },
  )
  if (status !== 0) throw explainFailure(dataDir, output)
  writeFileSync(join(unfinished, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
  await runAlone({ dataDir: unfinished, binaries, account, durable }, `create database ${databaseName}`)
  rmSync(passwordFile(dataDir), { force: true })
  renameSync(unfinished, dataDir)
}

/** Also for a database whose password file was lost. */
async function replacePassword(folder: Folder): Promise<string> {
  const password = randomBytes(24).toString('hex')
  await runAlone(folder, `alter role ${databaseName} password '${password}'`)
  writeFileSync(passwordFile(folder.dataDir), password, { mode: 0o600 })
  return password
}

/** null: it was lost. */
export function readPassword(dataDir: string): string | null {
  const file = passwordFile(dataDir)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || null : null
}

function passwordFile(dataDir: string): string {
  return `${dataDir}.password`
}

/** One statement in PostgreSQL's single-user mode, where no password is asked for. */
async function runAlone({ dataDir, binaries, account }: Folder, statement: string): Promise<void> {
  const { status, output } = await runProgram(
    join(binaries.native, 'bin/postgres'),
    ['--single', 'postgres'],
    {
      folder: dataDir,
      account,
      input: `${statement}\n`,
    },
  )
  if (status !== 0 || /(ERROR|FATAL|PANIC): /.test(output)) throw explainFailure(dataDir, output)
}
