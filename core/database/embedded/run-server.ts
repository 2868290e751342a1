import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { dieWithParent } from './die-with-parent.ts'
import { readPostmaster } from './postmaster.ts'
import { folderName, serverEnvironment } from './run-program.ts'
import type { ServerAccount } from './server-account.ts'
import { explainFailure } from './server-problem.ts'

interface Server {
  dataDir: string
  binaries: Binaries
  account: ServerAccount | null
  durable: boolean
}

/** Recovery after a crash can take minutes on a large database. */
const startSeconds = 300
const pollMilliseconds = 20
const portAttempts = 5
const logBytes = 10_000_000

/** Starts the server on a free port of 127.0.0.1 and waits until it takes connections. */
export async function runServer(server: Server): Promise<{ pid: number; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    const words = await attemptStart(server, port)
    if (typeof words === 'number') return { pid: words, port }
    if (!/Address already in use/.test(words) || attempt === portAttempts)
      throw explainFailure(server.dataDir, words)
  }
}

/** The process id, or what the server said before it gave up. */
async function attemptStart(server: Server, port: number): Promise<number | string> {
  const log = openLog(`${server.dataDir}.log`)
  const postgres = join(server.binaries.native, 'bin/postgres')
  const command = [...dieWithParent(), postgres, '-D', folderName, ...settings(server, port)]
  const child = spawn(command[0]!, command.slice(1), {
    cwd: server.dataDir,
    env: serverEnvironment,
    // Away from the terminal, or Ctrl-C would stop the database before the application has finished with it.
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    ...server.account,
  })
  closeSync(log.descriptor)
  child.unref()
  const ready = await Promise.race([untilReady(server, child), ends(child)])
  return ready ? child.pid! : readFileSync(log.path).subarray(log.start).toString()
}

async function ends(child: ChildProcess): Promise<false> {
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => {
      resolve(false)
    })
  })
}

async function untilReady({ dataDir }: Server, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < startSeconds * 1000; waited += pollMilliseconds) {
    const postmaster = readPostmaster(dataDir)
    if (postmaster?.pid === child.pid && postmaster?.ready) return true
    if (child.exitCode !== null || child.signalCode !== null) break
    await sleep(pollMilliseconds)
  }
  child.kill('SIGINT')
  return false
}

function settings({ durable }: Server, port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: 'ustaz',
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_buffers: '256MB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '2GB',
    dynamic_shared_memory_type: hasSharedMemory() ? 'posix' : 'mmap',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Containers often have 64 MB of it, too little for a parallel hash join. */
function hasSharedMemory(): boolean {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    return bsize * blocks >= 1_000_000_000
  } catch {
    return false
  }
}

function openLog(path: string): { path: string; descriptor: number; start: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > logBytes) renameSync(path, `${path}.1`)
  const start = size > logBytes ? 0 : size
  return { path, descriptor: openSync(path, 'a', 0o600), start }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
