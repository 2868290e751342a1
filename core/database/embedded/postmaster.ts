import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inUse } from './folder-claim.ts'

const pollMilliseconds = 20
const stopSeconds = 60

/** The server that postmaster.pid names: its process, its port, and whether it takes connections. null: there is no such file. */
export function readPostmaster(dataDir: string): { pid: number; port: number; ready: boolean } | null {
  const lines = readText(join(dataDir, 'postmaster.pid'))?.split('\n')
  return lines ? { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : null
}

/** The port of a server that takes connections on the folder, whoever started it; null: there is none. */
export function findRunningServer(dataDir: string): number | null {
  const postmaster = readPostmaster(dataDir)
  const runs = postmaster?.ready && isRunning(postmaster.pid) && isServer(postmaster.pid)
  return runs ? postmaster.port : null
}

/**
 * Stops a server that outlived the process that started it. To be called by the holder of the folder's claim: then a living
 * server there has lost its owner. A file whose process is no server any more (after a power cut) is removed.
 */
export async function stopLeftover(dataDir: string): Promise<void> {
  const postmaster = readPostmaster(dataDir)
  if (!postmaster) return
  if (isRunning(postmaster.pid) && isServer(postmaster.pid)) await stopServer(dataDir, postmaster.pid)
  rmSync(join(dataDir, 'postmaster.pid'), { force: true })
}

/** Ends a server's connections and writes everything to disk; after a minute it is ended without ceremony. */
export async function stopServer(dataDir: string, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isRunning(pid)) return
    send(dataDir, pid, signal)
    if (await endsWithin(pid, stopSeconds)) return
  }
  throw inUse(dataDir)
}

function send(dataDir: string, pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw inUse(dataDir, cause)
  }
}

async function endsWithin(pid: number, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += pollMilliseconds) {
    if (!isRunning(pid)) return true
    await sleep(pollMilliseconds)
  }
  return false
}

/** A process that has ended but was not yet collected by its parent counts as ended. */
function isRunning(pid: number): boolean {
  const state = readText(`/proc/${pid}/stat`)?.split(') ')[1]
  return state !== undefined && !state.startsWith('Z')
}

function isServer(pid: number): boolean {
  return readText(`/proc/${pid}/comm`)?.trim() === 'postgres'
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return null
    throw error
  }
}
