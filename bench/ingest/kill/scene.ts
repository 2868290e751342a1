import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from '../../../core/database/connection.ts'

export interface Scene {
  database: Database
  /** Of the database. */
  url: string
  messages: number
}
export interface IngestProcesses {
  /** Of one of them; it is started again at once. */
  kill(index: number): Promise<void>
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../../../core/main.ts', import.meta.url))

/** Starts processes that receive messages. `settings`: of their environment. */
export async function startProcesses(
  { url }: Scene,
  count: number,
  settings: Record<string, string>,
): Promise<IngestProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-kill-'))
  const env = { ...process.env, DATABASE_URL: url, USTAZ_DATA_DIR: folder, LOG_LEVEL: 'error', ...settings }
  const start = () =>
    spawn(process.execPath, [main, 'start', '--only', 'ingest'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const processes = Array.from({ length: count }, start)
  return {
    async kill(index) {
      await kill(processes[index]!)
      processes[index] = start()
    },
    async stop() {
      for (const child of processes) await kill(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

/** Kills a process of the database's server; the server ends all others and recovers. */
export async function killServerProcess({ database: { pool } }: Scene): Promise<void> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  process.kill(rows[0]!.pid, 'SIGKILL')
  await new Promise((resolve) => setTimeout(resolve, 1000))
}

export async function readNumber({ database: { pool } }: Scene, statement: string): Promise<number> {
  return (await pool.query<{ n: number }>(statement)).rows[0]?.n ?? 0
}

export async function countStored(scene: Scene): Promise<number> {
  return await readNumber(scene, 'select count(*)::integer as n from plugin_classroom.reading')
}

/** Until nothing more has come for 20 seconds, or all is there. */
export async function settle(scene: Scene): Promise<void> {
  let [last, quiet] = [-1, 0]
  while (last < scene.messages && quiet < 40) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = await countStored(scene).catch(() => last)
    quiet = now === last ? quiet + 1 : 0
    last = now
  }
}

/** Does these things when so large a share of the messages is stored. */
export async function interrupt(scene: Scene, acts: readonly (() => Promise<void>)[]): Promise<void> {
  for (const [index, act] of acts.entries()) {
    const wanted = (scene.messages * (index + 0.5)) / (acts.length + 0.5)
    await until(async () => (await countStored(scene)) > wanted)
    await act()
  }
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const ends = performance.now() + 300_000; performance.now() < ends;) {
    // While the server recovers it answers nothing.
    if (await holds().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('waited in vain')
}

/** Of the numbers that ended for their publisher: how many there are, how many are not stored, and how many are stored twice. */
export async function tally(
  { database: { pool } }: Scene,
  ended: ReadonlySet<number>,
): Promise<{ ended: number; lost: number; doubled: number }> {
  const { rows } = await pool.query<{ sequence: number; times: number }>(
    'select sequence, count(*)::integer as times from plugin_classroom.reading group by sequence',
  )
  const times = new Map(rows.map((row) => [row.sequence, row.times]))
  const lost = [...ended].filter((sequence) => !times.has(sequence)).length
  const doubled = [...ended].filter((sequence) => (times.get(sequence) ?? 0) > 1).length
  return { ended: ended.size, lost, doubled }
}
