import fc from 'fast-check'
import { sql } from 'kysely'
import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readProcesses } from '../devices/ingest-processes.ts'
import { brokers, hasMosquitto, startMosquitto } from '../test-broker.ts'
import type { TestBroker, TestMosquitto } from '../test-broker.ts'
import { createTestClassroom, placeDevice } from '../test-classroom.ts'
import type { TestClassroom } from '../test-classroom.ts'
import { startIngest } from './start-ingest.ts'

const wait = { timeout: 20_000, interval: 50 }
let server: TestClassroom
beforeAll(async () => {
  server = await createTestClassroom()
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  await sql`truncate plugin_classroom.reading, plugin_classroom.quarantine, plugin_classroom.ingest_count,
    plugin_classroom.unsettled_day, plugin_classroom.device_state, plugin_classroom.device_room, plugin_classroom.alert,
    plugin_classroom.ingest_slot, plugin_classroom.ingest_process, plugin_classroom.device restart identity cascade`.execute(
    server.tables,
  )
})

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function ingest({ address }: TestBroker): Promise<() => Promise<void>> {
  const stop = await startIngest({ ...server.plugin, broker: address })
  let stopped: Promise<void> | null = null
  const once = async () => await (stopped ??= stop())
  stops.push(once)
  return once
}
async function publisher({ address }: TestBroker): Promise<MqttClient> {
  const client = await mqtt.connectAsync(address.url, { protocolVersion: address.version })
  client.on('error', () => undefined)
  stops.push(async () => await client.endAsync(true))
  return client
}

const readings = async () =>
  await server.tables
    .selectFrom('reading')
    .select(['measured_at', 'sequence', 'quantity', 'value'])
    .orderBy('sequence')
    .orderBy('quantity')
    .execute()
const stored = async () => (await readings()).length
const counts = async () =>
  Object.fromEntries(
    (await server.tables.selectFrom('ingest_count').select(['outcome', 'count']).execute()).map(
      ({ outcome, count }) => [outcome, count],
    ),
  )
const state = async () => await server.tables.selectFrom('device_state').selectAll().executeTakeFirst()
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const payloadOf = (seq: number, fields: Record<string, unknown> = {}) =>
  JSON.stringify({ time: minutesAgo(1), seq, readings: { people: 20 }, ...fields })

/** Until the subscription stands, a message would reach nobody. */
async function untilHeard(client: MqttClient): Promise<void> {
  await expect
    .poll(async () => {
      await client.publishAsync('ustaz/probe/status', 'online', { qos: 1 })
      return (await counts())['unknown-device'] ?? 0
    }, wait)
    .toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await sql`truncate plugin_classroom.quarantine, plugin_classroom.ingest_count`.execute(server.tables)
}

describe.each(brokers)('$name', ({ start }) => {
  let broker: TestBroker
  let client: MqttClient
  beforeEach(async () => {
    broker = await start()
    stops.push(async () => await broker.stop())
    client = await publisher(broker)
    await ingest(broker)
    await placeDevice(server.tables, { name: 'r1' })
    await untilHeard(client)
  })
  const send = async (
    payload: string | Buffer,
    topic = 'ustaz/r1/readings',
    options: mqtt.IClientPublishOptions = {},
  ) => await client.publishAsync(topic, payload, { qos: 1, ...options })

  test('stores a reading once, however often it comes', async () => {
    const message = payloadOf(1)
    for (let time = 0; time < 3; time++) await send(message)
    await send(payloadOf(2))
    await expect.poll(counts, wait).toEqual({ stored: 4, 'duplicate-readings': 2 })
    expect((await readings()).map(({ sequence, quantity, value }) => [sequence, quantity, value])).toEqual([
      [1, 'people', 20],
      [2, 'people', 20],
    ])
  })

  test('a device is known a moment after it was taken into use', async () => {
    await send(payloadOf(1), 'ustaz/r2/readings')
    await expect.poll(counts, wait).toEqual({ 'unknown-device': 1 })
    await placeDevice(server.tables, { name: 'r2' })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await send(payloadOf(2), 'ustaz/r2/readings')
    await expect.poll(counts, wait).toEqual({ 'unknown-device': 1, stored: 1 })
  })

  test('takes late readings by the time of the device, and counts them', async () => {
    const time = minutesAgo(3 * 24 * 60)
    await send(payloadOf(1, { time }))
    await expect.poll(counts, wait).toEqual({ late: 1 })
    expect((await readings())[0]?.measured_at.toISOString()).toBe(time)
    const days = await server.tables.selectFrom('unsettled_day').select('day').execute()
    expect(days).toEqual([{ day: time.slice(0, 10) }])
  })

  test('keeps what cannot be, with the reason', async () => {
    await send(payloadOf(1, { time: minutesAgo(-60) }))
    await send(payloadOf(2, { time: minutesAgo(60 * 24 * 60) }))
    await send(payloadOf(3, { readings: { co2: 1, temperature: 21 } }))
    await send(payloadOf(4), 'ustaz/stranger/readings')
    await send('{"readings":', 'ustaz/r1/readings')
    await send('{"readings":', 'ustaz/r1/readings')
    await send('21', 'esphome/r1/sensor/co2/state')
    await expect
      .poll(counts, wait)
      .toEqual({ future: 1, 'too-old': 1, stored: 1, 'unknown-device': 2, malformed: 2 })
    const kept = await server.tables
      .selectFrom('quarantine')
      .select(['reason', 'times', 'device_name', 'payload'])
      .orderBy('reason')
      .orderBy('device_name')
      .execute()
    expect(kept.map(({ reason, times, device_name: name }) => [reason, times, name])).toEqual([
      ['future', 1, 'r1'],
      ['impossible', 1, 'r1'],
      ['malformed', 2, 'r1'],
      ['too-old', 1, 'r1'],
      ['unknown-device', 1, 'r1'],
      ['unknown-device', 1, 'stranger'],
    ])
    expect(kept[2]?.payload.toString()).toBe('{"readings":')
    expect((await readings()).map(({ quantity }) => quantity)).toEqual(['temperature'])
  })

  test('finds a message that the database cannot hold among good ones, and keeps it apart', async () => {
    await Promise.all([
      send(payloadOf(1)),
      send(payloadOf(2, { channel: 'a\u0000b' })),
      send(payloadOf(3)),
      send(payloadOf(4, { time: '2026-02-31T00:00:00Z' })),
    ])
    await expect.poll(counts, wait).toEqual({ stored: 2, malformed: 2 })
    expect((await readings()).map(({ sequence }) => sequence)).toEqual([1, 3])
  })

  test('tells a device that asks which of its messages are stored', async () => {
    const receipts: unknown[] = []
    client.on('message', (_topic, payload) => receipts.push(JSON.parse(payload.toString())))
    await client.subscribeAsync('ustaz/r1/stored')
    await send(payloadOf(1))
    await send(payloadOf(2, { receipt: true }))
    await send(payloadOf(3, { receipt: true, readings: { co2: 1 } }))
    await expect.poll(() => receipts.flat(), wait).toEqual([2, 3])
    expect(await counts()).toEqual({ stored: 2, impossible: 1 })
  })

  test('knows connection, firmware, battery, gaps and the clock of a device', async () => {
    await send('online', 'ustaz/r1/status', { retain: true })
    await send(payloadOf(7, { time: minutesAgo(2), fw: '1.4', readings: { battery: 80 } }))
    await send(payloadOf(11, { time: minutesAgo(2), readings: { battery: 79 } }))
    await expect.poll(state, wait).toMatchObject({ last_sequence: 11 })
    expect(await state()).toMatchObject({ online: true, firmware: '1.4', battery: 79, missed: 3 })
    expect((await state())?.clock_ahead_seconds).toBeLessThan(-110)
    await send('offline', 'ustaz/r1/status', { retain: true })
    await expect.poll(state, wait).toMatchObject({ online: false })
  })

  test('what a device had kept and sends afterwards says nothing of its clock', async () => {
    await send(payloadOf(20, { time: minutesAgo(0) }))
    await expect.poll(state, wait).toMatchObject({ last_sequence: 20 })
    await send(payloadOf(3, { time: minutesAgo(300) }))
    await expect.poll(counts, wait).toEqual({ stored: 1, late: 1 })
    expect(Math.abs((await state())?.clock_ahead_seconds ?? -300)).toBeLessThan(60)
    await send(payloadOf(21, { time: minutesAgo(-1) }))
    await expect.poll(state, wait).toMatchObject({ last_sequence: 21 })
    expect((await state())?.clock_ahead_seconds).toBeGreaterThan(50)
  })

  test('lives through 10,000 malformed payloads and stores the good one after them', async () => {
    const samples = fc.sample(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.json().map((text) => Buffer.from(text)),
        fc.string().map((text) => Buffer.from(`{"readings":{"people":${text}}`)),
      ),
      10_000,
    )
    for (let from = 0; from < samples.length; from += 500)
      await Promise.all(samples.slice(from, from + 500).map(async (payload) => await send(payload)))
    await send(payloadOf(99))
    await expect
      .poll(async () => (await readings()).some(({ sequence }) => sequence === 99), {
        ...wait,
        timeout: 60_000,
      })
      .toBe(true)
    const all = Object.values(await counts()).reduce((sum, count) => sum + count, 0)
    expect(all).toBeGreaterThanOrEqual(10_001)
  }, 120_000)

  test('goes on when the database ends all connections in the middle, and loses nothing that was acknowledged', async () => {
    const total = 6000
    const sending = (async () => {
      for (let from = 0; from < total; from += 200)
        await Promise.all(
          Array.from({ length: 200 }, async (_, index) => await send(payloadOf(1000 + from + index))),
        )
    })()
    for (let time = 0; time < 5; time++) {
      await new Promise((resolve) => setTimeout(resolve, 150))
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and query ilike '%plugin_classroom%'`
        .execute(server.tables)
        .catch(() => undefined)
    }
    await sending
    await expect.poll(stored, { ...wait, timeout: 60_000 }).toBe(total)
  }, 120_000)
})

/** Not counted as skipped where it is not installed: .ci/run installs it. */
const describeMosquitto = hasMosquitto ? describe : () => undefined
describeMosquitto('with Mosquitto', () => {
  let broker: TestMosquitto
  beforeEach(async () => {
    broker = await startMosquitto()
    stops.push(async () => await broker.stop())
    await placeDevice(server.tables, { name: 'r1' })
  })

  test('two processes share the messages, and what one leaves behind the other goes on with', async () => {
    const client = await publisher(broker)
    const first = await ingest(broker)
    await untilHeard(client)
    const second = await ingest(broker)
    await expect
      .poll(
        async () => (await server.tables.selectFrom('ingest_slot').select('number').execute()).length,
        wait,
      )
      .toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const send = async (from: number, to: number) => {
      for (let seq = from; seq < to; seq++)
        await client.publishAsync('ustaz/r1/readings', payloadOf(seq), { qos: 1 })
    }
    await send(0, 500)
    await expect.poll(stored, { ...wait, timeout: 30_000 }).toBe(500)
    await first()
    await send(500, 1000)
    await expect.poll(stored, { ...wait, timeout: 30_000 }).toBe(1000)
    await second()
    const shares = (await readProcesses(server.tables, new Date())).map(({ messages }) => messages)
    // The probe went to the first. Of 500 each took its part, of the rest the second took all.
    expect(shares).toHaveLength(2)
    console.info(`two processes took ${shares.join(' and ')} messages; the first was ended after 500`)
    expect(Math.min(...shares)).toBeGreaterThan(100)
    expect(Math.max(...shares)).toBeGreaterThan(600)
  }, 60_000)

  test('passes over kept messages without a time of their own', async () => {
    const client = await publisher(broker)
    await placeDevice(server.tables, { name: 'kept', type: 'esphome' })
    await ingest(broker)
    await untilHeard(client)
    await endSession()
    await client.publishAsync('esphome/kept/sensor/co2/state', '650', { qos: 1, retain: true })
    await ingest(broker)
    await expect.poll(async () => (await counts())['retained'] ?? 0, wait).toBeGreaterThan(0)
    expect(await stored()).toBe(0)
  })

  /** Ends ingest and its session, so that a new one finds what is published now only as a kept message. */
  async function endSession(): Promise<void> {
    await stops.pop()?.()
    await sql`truncate plugin_classroom.ingest_slot`.execute(server.tables)
    const session = { protocolVersion: 5, clientId: 'ustaz-ingest-1', clean: true } as const
    await (await mqtt.connectAsync(broker.address.url, session)).endAsync()
  }

  test('a broker that is killed and comes back is found again', async () => {
    const client = await publisher(broker)
    await ingest(broker)
    await untilHeard(client)
    await client.publishAsync('ustaz/r1/readings', payloadOf(1), { qos: 1 })
    await expect.poll(stored, wait).toBe(1)
    await broker.kill()
    const waiting = client.publishAsync('ustaz/r1/readings', payloadOf(2), { qos: 1 })
    await broker.start()
    await waiting
    await expect
      .poll(async () => {
        await client.publishAsync('ustaz/r1/readings', payloadOf(3), { qos: 1 })
        return await stored()
      }, wait)
      .toBeGreaterThanOrEqual(2)
  }, 60_000)
})
