import type { Kysely } from 'kysely'
import type { Database } from '../../core/database/connection.ts'
import type { PluginContext } from '../../core/plugin/index.ts'
import { createTestApp } from '../../core/testing/create-test-app.ts'
import plugin from '../../plugins/classroom/index.ts'
import { ensureMonth, monthOf } from '../../plugins/classroom/ingest/partitions.ts'
import { startIngest } from '../../plugins/classroom/ingest/start-ingest.ts'
import type { ClassroomTables } from '../../plugins/classroom/tables.ts'
import { brokers } from '../../plugins/classroom/test-broker.ts'
import { measureLatency } from './measure-latency.ts'
import { measureBroker, measureCopy } from './measure-limits.ts'
import type { Parts } from './measure-limits.ts'
import { describePerMessage, readProcessorTime } from './processor-time.ts'
import { deviceCount, publish } from './run-publisher.ts'

interface Options {
  messages: number
  broker: 'mosquitto' | 'embedded'
  /** Processor time of the database's server so far. */
  serverSeconds(): number
}

/** Of each rate the median is taken. */
const rounds = 5
/** Sent before a rate is measured, to the broker alone as to ingest, and not counted: rates are those of processes that run for long. */
const warmUp = 50_000

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
    const parts: Parts = { pool, address: broker.address, serverSeconds: () => options.serverSeconds() }
    const copied = await medianOf(async () => await measureCopy(pool, options.messages))
    console.log(`copy: ${Math.round(copied)} rows/s`)
    await measureBroker(parts, warmUp)
    const passed = await medianOf(async () => await measureBroker(parts, options.messages))
    console.log(`broker alone: ${Math.round(passed)} messages/s`)
    const stop = await startIngest({ ...context, broker: broker.address })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    await measureSustained(parts, warmUp)
    let [lost, doubled] = [0, 0]
    const sustained = await medianOf(async () => {
      const round = await measureSustained(parts, options.messages)
      lost += round.lost
      doubled += round.doubled
      return round.perSecond
    })
    console.log(`ingest: ${Math.round(sustained)} messages/s`)
    await empty(pool)
    const seen = await measureLatency(pool, broker.address)
    await stop()
    return {
      bench: 'ingest',
      share_of_limit: Number((sustained / Math.min(copied, passed)).toFixed(3)),
      messages_per_s: Math.round(sustained),
      p50_ms: seen.p50,
      p99_ms: seen.p99,
      lost: lost + seen.lost,
      doubled,
    }
  } finally {
    await broker.stop()
    await server.close()
  }
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const found: number[] = []
  for (let round = 0; round < rounds; round++) found.push(await measure())
  console.log(`rounds: ${found.map(Math.round).join(', ')}`)
  return found.toSorted((a, b) => a - b)[rounds >> 1]!
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

async function empty(pool: Database['pool']): Promise<void> {
  await pool.query('truncate plugin_classroom.reading, plugin_classroom.ingest_count')
}

/** From the moment at which the first message is handed over until the last one is committed. */
async function measureSustained({ pool, address, serverSeconds }: Parts, messages: number) {
  await empty(pool)
  const before = readProcessorTime(serverSeconds)
  const published = publish(address.url, messages, 0)
  const stored = async () =>
    (
      await pool.query<{ count: number }>(
        "select coalesce(sum(count), 0)::integer as count from plugin_classroom.ingest_count where outcome = 'stored'",
      )
    ).rows[0]!.count
  for (const ends = performance.now() + 300_000; performance.now() < ends && (await stored()) < messages;)
    await new Promise((resolve) => setTimeout(resolve, 20))
  const ended = performance.timeOrigin + performance.now()
  const after = readProcessorTime(serverSeconds)
  const { begunAt, processor } = await published
  console.log(describePerMessage(before, after, { publisher: processor, messages }))
  const { rows } = await pool.query<{ rows: number; numbers: number }>(
    'select count(*)::integer as rows, count(distinct sequence)::integer as numbers from plugin_classroom.reading',
  )
  const { rows: all, numbers } = rows[0]!
  const perSecond = numbers / ((ended - begunAt) / 1000)
  return { perSecond, lost: messages - numbers, doubled: all - numbers }
}
