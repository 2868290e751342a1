import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { UstazError } from '../contract/problem.ts'
import { findBinaries, unprivileged } from './embedded-binaries.ts'

export interface EmbeddedPostgres {
  url: string
  stop(): Promise<void>
}

interface Place {
  binaries: string
  data: string
  password: string
}

/** Written when the data folder is whole; a folder without it is a half-finished start. */
const marker = 'USTAZ_READY'
const major = '18'

/**
 * Starts the PostgreSQL that came from npm on a free port of 127.0.0.1, with its data below `folder` (made if missing).
 * `durable: false` gives up safety against crashes for speed: for tests only. A first start that was cut off is
 * done afresh; a server left by a killed process is stopped first. Throws `embedded-postgres-...` with what to do.
 */
export async function startEmbeddedPostgres(options: {
  folder: string
  durable: boolean
}): Promise<EmbeddedPostgres> {
  const place = await preparePlace(options.folder)
  await stopLeftover(place)
  const port = await freePort()
  const server = startServer(place, port, options.durable)
  const url = `postgres://ustaz:${place.password}@127.0.0.1:${port}/ustaz`
  await waitUntilReady(server, url)
  return { url, stop: async () => await stopServer(server.child) }
}

async function preparePlace(folder: string): Promise<Place> {
  const binaries = await findBinaries()
  const data = join(folder, 'postgres')
  await mkdir(folder, { recursive: true }).catch(refuse('folder', folder))
  if (!(await isWhole(data))) await initialise(binaries, folder, data)
  await checkVersion(data)
  const password = (await readFile(join(folder, 'postgres.password'), 'utf8')).trim()
  return { binaries, data, password }
}

async function isWhole(data: string): Promise<boolean> {
  return await access(join(data, marker)).then(
    () => true,
    () => false,
  )
}

async function initialise(binaries: string, folder: string, data: string): Promise<void> {
  const running = await readPid(data)
  if (running !== null && isAlive(running)) {
    throw new UstazError('embedded-postgres-starting', { status: 500, params: { folder, pid: running } })
  }
  await rm(data, { recursive: true, force: true })
  await mkdir(data, { mode: 0o700 }).catch(refuse('folder', folder))
  const passwordFile = join(folder, 'postgres.password')
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 }).catch(refuse('folder', folder))
  const bootstrap = join(data, '..', 'postgres.bootstrap')
  await writeFile(bootstrap, await readFile(passwordFile), { mode: 0o600 })
  await own(data)
  await own(bootstrap)
  const output = await runToEnd(join(binaries, 'bin', 'initdb'), [
    `--pgdata=${data}`,
    '--username=ustaz',
    `--pwfile=${bootstrap}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--locale=C.UTF-8',
  ]).finally(async () => await rm(bootstrap, { force: true }))
  if (output.code !== 0) {
    throw new UstazError('embedded-postgres-failed', { status: 500, params: { folder, output: output.text } })
  }
  await writeFile(join(data, marker), '').catch(refuse('folder', folder))
  await own(join(data, marker))
}

async function checkVersion(data: string): Promise<void> {
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (found !== major) {
    throw new UstazError('embedded-postgres-version', { status: 500, params: { data, found, expected: major } })
  }
}

/** A server whose owner was killed goes on alone; it is asked to end before a new one starts on the same data. */
async function stopLeftover({ data }: Place): Promise<void> {
  const pid = await readPid(data)
  if (pid === null || !isAlive(pid)) return
  const owner = await readOwner(data)
  if (owner !== null && owner !== process.pid && isAlive(owner)) {
    throw new UstazError('embedded-postgres-in-use', { status: 500, params: { data, pid: owner } })
  }
  process.kill(pid, 'SIGINT')
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await pause(100)
  if (isAlive(pid)) throw new UstazError('embedded-postgres-in-use', { status: 500, params: { data, pid } })
}

interface Server {
  child: ChildProcess
  output(): string
}

function startServer(place: Place, port: number, durable: boolean): Server {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const args = ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const program = join(place.binaries, 'bin', 'postgres')
  const options: SpawnOptions = { ...identity(), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] }
  const child = spawn(program, args, options)
  let text = ''
  const keep = (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4000))
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  void writeFile(join(place.data, '..', 'postgres.owner'), String(process.pid)).catch(() => undefined)
  return { child, output: () => text }
}

async function waitUntilReady({ child, output }: Server, url: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) {
      throw new UstazError('embedded-postgres-failed', { status: 500, params: { folder: '', output: output() } })
    }
    const client = new pg.Client({ connectionString: admin.href, connectionTimeoutMillis: 2000 })
    // The server may close the connection while it is still starting; connect() itself reports that.
    client.on('error', () => undefined)
    const isConnected = await client.connect().then(
      () => true,
      () => false,
    )
    if (isConnected) return await createDatabase(client).finally(async () => await client.end())
    await pause(50)
  }
  throw new UstazError('embedded-postgres-failed', { status: 500, params: { folder: '', output: output() } })
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select 1 from pg_database where datname = 'ustaz'")
  if (rows.length === 0) await client.query('create database ustaz')
}

/** Asks for a fast shutdown: open transactions are rolled back. */
async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await ended
}

function identity(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? unprivileged : {}
}

async function own(path: string): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, unprivileged.uid, unprivileged.gid)
}

async function runToEnd(program: string, args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(program, args, { ...identity(), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code, text: text.slice(-4000) })
    })
  })
}

async function readPid(data: string): Promise<number | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => null)
  return text === null ? null : Number(text.split('\n')[0])
}

async function readOwner(data: string): Promise<number | null> {
  const text = await readFile(join(data, '..', 'postgres.owner'), 'utf8').catch(() => null)
  return text === null ? null : Number(text)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  })
}

function refuse(what: string, folder: string) {
  return (cause: NodeJS.ErrnoException): never => {
    const code = cause.code === 'ENOSPC' ? 'disk-full' : `${what}-not-writable`
    throw new UstazError(code, { status: 500, params: { folder }, cause })
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
