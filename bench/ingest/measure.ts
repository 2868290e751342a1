import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { generate, parser } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import type { Kysely } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from '../../core/database/connection.ts'
import type { BrokerAddress, PluginContext } from '../../core/plugin/index.ts'
import { createTestApp } from '../../core/testing/create-test-app.ts'
import plugin from '../../plugins/classroom/index.ts'
import { ensureMonth, monthOf } from '../../plugins/classroom/ingest/partitions.ts'
import { startIngest } from '../../plugins/classroom/ingest/start-ingest.ts'
import type { ClassroomTables } from '../../plugins/classroom/tables.ts'
import { brokers } from '../../plugins/classroom/test-broker.ts'

interface Options {
  messages: number
  broker: 'mosquitto' | 'embedded'
}

export const deviceCount = 100
/** Of the time until rows are seen: messages a second, and for how long. */
const latency = { perSecond: 500, seconds: 20 }

/** Measures all of it on an empty database of this name; answers the line that the benchmark ends with. */
export async function measureIngest({ pool, db }: Database, url: string, options: Options) {
  const server = await createTestApp({
    plugins: [plugin],
    database: { db, pool, url, drop: async () => undefined, close: async () => undefined },
    now: new Date().toISOString(),
  })
  const context = server.context.host.contextOf('classroom') as unknown as PluginContext<ClassroomTables>
  const start = brokers.find(({ name }) =>
    name.startsWith(options.broker === 'mosquitto' ? 'Mosquitto' : 'the embedded'),
  )?.start
  if (!start) throw new Error('Mosquitto is not installed: apt-get install mosquitto, or --broker embedded')
  const broker = await start()
  try {
    await makeDevices(context.db)
    const copied = await measureCopy(pool, options.messages)
    console.log(`copy: ${Math.round(copied)} rows/s`)
    const passed = await measureBroker(broker.address, options.messages)
    console.log(`broker alone: ${Math.round(passed)} messages/s`)
    await pool.query('truncate plugin_classroom.reading')
    const stop = await startIngest({ ...context, broker: broker.address })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const sustained = await measureSustained(pool, broker.address, options.messages)
    console.log(`ingest: ${Math.round(sustained.perSecond)} messages/s`)
    await pool.query('truncate plugin_classroom.reading')
    const seen = await measureLatency(pool, broker.address)
    await stop()
    return {
      bench: 'ingest',
      share_of_limit: Number((sustained.perSecond / Math.min(copied, passed)).toFixed(3)),
      messages_per_s: Math.round(sustained.perSecond),
      p50_ms: seen.p50,
      p99_ms: seen.p99,
      lost: sustained.lost + seen.lost,
      doubled: sustained.doubled,
    }
  } finally {
    await broker.stop()
    await server.close()
  }
}

export async function makeDevices(db: Kysely<ClassroomTables>): Promise<void> {
  await ensureMonth(db, monthOf(new Date()))
  await db
    .insertInto('device')
    .values(
      Array.from({ length: deviceCount }, (_, index) => ({
        name: `bench-${index}`,
        type: 'ustaz',
        interval_seconds: 60,
        provisioned_at: new Date(),
      })),
    )
    .execute()
}

/** Rows a second of COPY in text into the table with its key, in one transaction. */
async function measureCopy(pool: Database['pool'], rows: number): Promise<number> {
  const now = new Date().toISOString()
  const lines = Array.from(
    { length: rows },
    (_, seq) => `${(seq % deviceCount) + 1}\t${now}\t${seq}\tpeople\t\t${seq % 40}\t${now}\n`,
  )
  const client = await pool.connect()
  const begun = performance.now()
  await pipeline(Readable.from(lines), client.query(copyFrom('copy plugin_classroom.reading from stdin')))
  const seconds = (performance.now() - begun) / 1000
  client.release()
  return rows / seconds
}

/** Messages a second to a subscriber that acknowledges each at once and does nothing else. */
async function measureBroker({ url }: BrokerAddress, messages: number): Promise<number> {
  const { hostname, port, username, password } = new URL(url)
  const socket = connect(Number(port), hostname)
  const reader = parser({ protocolVersion: 4 })
  let received = 0
  let first = 0
  const subscribed = Promise.withResolvers<unknown>()
  const done = Promise.withResolvers<number>()
  reader.on('packet', (packet: Packet) => {
    if (packet.cmd === 'connack')
      socket.write(
        generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'ustaz/+/readings', qos: 1 }] }),
      )
    if (packet.cmd === 'suback') subscribed.resolve(null)
    if (packet.cmd !== 'publish') return
    if (received++ === 0) first = performance.now()
    socket.write(generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }))
    if (received === messages) done.resolve(messages / ((performance.now() - first) / 1000))
  })
  socket.on('data', (chunk) => reader.parse(chunk))
  const named = username
    ? { username: decodeURIComponent(username), password: Buffer.from(decodeURIComponent(password)) }
    : {}
  socket.write(
    generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'bench-limit',
      keepalive: 0,
      ...named,
    }),
  )
  await subscribed.promise
  const published = publish(url, messages, 0)
  const rate = await done.promise
  await published
  socket.end(generate({ cmd: 'disconnect' }))
  return rate
}

async function measureSustained(pool: Database['pool'], { url }: BrokerAddress, messages: number) {
  const begun = performance.now()
  const published = publish(url, messages, 0)
  const stored = async () =>
    (
      await pool.query<{ count: number }>(
        "select coalesce(sum(count), 0)::integer as count from plugin_classroom.ingest_count where outcome = 'stored'",
      )
    ).rows[0]!.count
  while ((await stored()) < messages) {
    if (performance.now() - begun > 300_000) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const seconds = (performance.now() - begun) / 1000
  await published
  const { rows } = await pool.query<{ rows: number; numbers: number }>(
    'select count(*)::integer as rows, count(distinct sequence)::integer as numbers from plugin_classroom.reading',
  )
  const { rows: all, numbers } = rows[0]!
  return { perSecond: numbers / seconds, lost: messages - numbers, doubled: all - numbers }
}

/** From handing over until another connection sees the row, ms. */
async function measureLatency(pool: Database['pool'], { url }: BrokerAddress) {
  const total = latency.perSecond * latency.seconds
  const seenAt = new Map<number, number>()
  const published = publish(url, total, latency.perSecond)
  const ends = performance.now() + latency.seconds * 1000 + 20_000
  for (let last = -1; seenAt.size < total && performance.now() < ends;) {
    const { rows } = await pool.query<{ sequence: number }>(
      'select sequence from plugin_classroom.reading where sequence > $1',
      [last - 500],
    )
    const now = Date.now()
    for (const { sequence } of rows) {
      if (!seenAt.has(sequence)) seenAt.set(sequence, now)
      last = Math.max(last, sequence)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const { sent } = JSON.parse(await published) as { sent: number[] }
  const times = [...seenAt].map(([sequence, at]) => at - sent[sequence]!).sort((a, b) => a - b)
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: quantile(0.5), p99: quantile(0.99), lost: total - seenAt.size }
}

export async function publish(url: string, count: number, rate: number): Promise<string> {
  const file = fileURLToPath(new URL('publish.ts', import.meta.url))
  const child = spawn(process.execPath, [file, url, String(deviceCount), String(count), String(rate)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the publisher ended with ${code}`)
  return output
}
