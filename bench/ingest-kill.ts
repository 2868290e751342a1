/**
 * npm run bench:ingest-kill -- [--messages 100000]
 *
 * Two ingest processes receive messages of QoS 1 from Mosquitto while processes are killed with -9: each of the two in turn (it is started
 * again), and a process of PostgreSQL twice (the server then recovers from its log, all connections being lost). In a second part Mosquitto
 * itself is killed once. Counts what was acknowledged to the publisher and is not stored, and what is stored twice.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import mqtt from 'mqtt'
import type { Database } from '../core/database/connection.ts'
import { startMosquitto } from '../plugins/classroom/test-broker.ts'
import { withBenchServer } from './bench-server.ts'
import { makeDevices, publish } from './ingest/measure.ts'

const { values } = parseArgs({ options: { messages: { type: 'string', default: '100000' } } })
const messages = Number(values.messages)
/** Of the second part. */
const withBroker = 5000
const main = fileURLToPath(new URL('../core/main.ts', import.meta.url))
const migrations = new URL('../plugins/classroom/migrations/', import.meta.url)

await withBenchServer(async (server) => {
  const owners = [{ owner: 'classroom', folder: migrations }]
  const result = await server.inDatabase(
    'ingest_kill',
    owners,
    async (database, url) => await run(database, url),
  )
  console.log(JSON.stringify({ bench: 'ingest-kill', ...result }))
})

async function run(database: Database, url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-kill-'))
  const broker = await startMosquitto()
  const environment = {
    ...process.env,
    DATABASE_URL: url,
    MQTT_URL: broker.address.url,
    USTAZ_DATA_DIR: folder,
    LOG_LEVEL: 'error',
  }
  const start = () =>
    spawn(process.execPath, [main, 'start', '--only', 'ingest'], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  const processes = [start(), start()]
  try {
    await makeDevices(database.db.withSchema('plugin_classroom') as never)
    await until(
      async () =>
        (await one(database, 'select count(*)::integer as n from plugin_classroom.ingest_slot')) === 2,
    )
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const published = publish(broker.address.url, messages, 0)
    for (const [index, share] of [0.1, 0.3, 0.5, 0.7].entries()) {
      await until(async () => (await stored(database)) > messages * share)
      if (index % 2 === 0) {
        await kill(processes[index / 2]!)
        processes[index / 2] = start()
      } else await killServerProcess(database)
    }
    await published
    await settle(database, messages)
    const first = { published: messages, ...(await tally(database, messages)) }
    await broker.kill()
    const acknowledged = publishThrough(broker.address.url, messages)
    await broker.start()
    await new Promise((resolve) => setTimeout(resolve, 3000))
    await broker.kill()
    await broker.start()
    await acknowledged
    await settle(database, messages + withBroker)
    const all = await tally(database, messages + withBroker)
    return {
      killed: { ingest: 2, postgresql: 2 },
      ...first,
      broker_killed: 1,
      broker_published: withBroker,
      broker_lost: all.lost - first.lost,
      broker_doubled: all.doubled - first.doubled,
    }
  } finally {
    for (const child of processes) await kill(child)
    await broker.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

async function killServerProcess({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  process.kill(rows[0]!.pid, 'SIGKILL')
  await new Promise((resolve) => setTimeout(resolve, 1000))
}

/** Publishes numbers from `from` on, and sends again what was not acknowledged when the broker comes back. */
async function publishThrough(url: string, from: number): Promise<void> {
  const client = mqtt.connect(url, {
    protocolVersion: 4,
    clean: false,
    clientId: 'bench-through',
    reconnectPeriod: 200,
  })
  client.on('error', () => undefined)
  for (let batch = 0; batch < withBroker; batch += 100) {
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const seq = from + batch + index
        const payload = JSON.stringify({
          time: new Date().toISOString(),
          seq,
          readings: { people: seq % 40 },
        })
        await client.publishAsync(`ustaz/bench-${seq % 100}/readings`, payload, { qos: 1 })
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await client.endAsync()
}

async function one({ pool }: Database, statement: string): Promise<number> {
  return (await pool.query<{ n: number }>(statement)).rows[0]?.n ?? 0
}
async function stored(database: Database): Promise<number> {
  return await one(database, 'select count(*)::integer as n from plugin_classroom.reading')
}

/** Until all is stored, or nothing more has come for a while. */
async function settle(database: Database, wanted: number): Promise<void> {
  let [last, quiet] = [-1, 0]
  while (last < wanted && quiet < 40) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = await stored(database).catch(() => last)
    quiet = now === last ? quiet + 1 : 0
    last = now
  }
}

async function tally(
  database: Database,
  wanted: number,
): Promise<{ stored: number; lost: number; doubled: number }> {
  const numbers = await one(
    database,
    'select count(distinct sequence)::integer as n from plugin_classroom.reading',
  )
  const all = await stored(database)
  return { stored: all, lost: wanted - numbers, doubled: all - numbers }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const ends = performance.now() + 300_000; performance.now() < ends;) {
    // While the server recovers it answers nothing.
    if (await holds().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('waited in vain')
}
