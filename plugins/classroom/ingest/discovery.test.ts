import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { brokers, hasMosquitto, startMosquitto } from '../test-broker.ts'
import type { TestBroker } from '../test-broker.ts'
import { createTestClassroom, placeDevice } from '../test-classroom.ts'
import type { TestClassroom } from '../test-classroom.ts'
import { forgetStrangers } from './announcements.ts'
import { startIngest } from './start-ingest.ts'

interface Recorded {
  topic: string
  payload: { state_topic: string }
  device: string
  state: { payload: unknown }
}
const file = new URL('../../../devices/fixtures/discovery.json', import.meta.url)
const [kitchen, motion, battery] = JSON.parse(await readFile(file, 'utf8')) as [Recorded, Recorded, Recorded]
const text = (payload: unknown) => (typeof payload === 'string' ? payload : JSON.stringify(payload))

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
    plugin_classroom.ingest_slot, plugin_classroom.announcement, plugin_classroom.device
    restart identity cascade`.execute(server.tables)
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

const readings = async () =>
  (
    await server.tables
      .selectFrom('reading')
      .innerJoin('device', 'device.id', 'device_id')
      .select(['name', 'quantity', 'channel', 'value'])
      .orderBy('measured_at')
      .execute()
  ).map(({ name, quantity, channel, value }) => [name, quantity, channel, value])
const count = async () => (await readings()).length
const online = async () =>
  Object.fromEntries(
    (
      await server.tables
        .selectFrom('device_state')
        .innerJoin('device', 'device.id', 'device_id')
        .select(['name', 'online'])
        .execute()
    ).map((row) => [row.name, row.online]),
  )
const quarantined = async () =>
  (
    await server.tables
      .selectFrom('quarantine')
      .select(['reason', 'device_name', 'detail'])
      .where('device_name', '!=', 'probe')
      .orderBy('id')
      .execute()
  ).map(({ reason, device_name: name, detail }) => [reason, name, detail])
const announced = async () =>
  await server.tables.selectFrom('announcement').select(['topic']).orderBy('topic').execute()

describe.each(brokers)('$name', ({ start }) => {
  let broker: TestBroker
  let client: MqttClient
  beforeEach(async () => {
    broker = await start()
    stops.push(async () => await broker.stop())
    client = await mqtt.connectAsync(broker.address.url, { protocolVersion: broker.address.version })
    client.on('error', () => undefined)
    stops.push(async () => await client.endAsync(true))
  })
  const send = async (topic: string, payload: unknown, options: mqtt.IClientPublishOptions = {}) =>
    await client.publishAsync(topic, text(payload), { qos: 1, ...options })
  const announce = async ({ topic, payload }: Recorded) => await send(topic, payload, { retain: true })
  const sendState = async ({ payload, state }: Recorded, payloadToSend: unknown = state.payload) =>
    await send(payload.state_topic, payloadToSend)
  const use = async ({ device }: Recorded) =>
    await placeDevice(server.tables, { name: device, type: 'home-assistant' })
  /** Until a broker of one's own knows the subscription, it gives messages to nobody: they are sent until they are stored. */
  const untilStored = async (one: Recorded, expected: unknown) =>
    await expect
      .poll(async () => {
        await sendState(one)
        return await readings()
      }, wait)
      .toContainEqual(expected)

  test('what a device announces is listened to without a restart, and read as announced', async () => {
    await use(kitchen)
    await use(motion)
    await ingest(broker)
    for (const one of [kitchen, motion, battery]) await announce(one)
    // A broker of one's own gives the states to a new subscriber before what it had kept.
    const states = [kitchen, motion, battery].map(({ payload }) => ({ topic: payload.state_topic }))
    await expect.poll(announced, wait).toEqual(expect.arrayContaining(states))
    await untilStored(kitchen, [kitchen.device, 'temperature', 'temperature', 27])
    await untilStored(motion, [motion.device, 'presence', 'occupancy', 1])
    await sendState(motion, { occupancy: false, battery: '97' })
    await expect
      .poll(async () => (await readings()).slice(-2), wait)
      .toEqual(
        expect.arrayContaining([
          [motion.device, 'presence', 'occupancy', 0],
          [motion.device, 'battery', 'battery', 97],
        ]),
      )
    expect(await quarantined()).toEqual([])
  })

  test('whether devices are there is known by the topic they share', async () => {
    await use(kitchen)
    await use(motion)
    await ingest(broker)
    await announce(kitchen)
    await announce(motion)
    await untilStored(kitchen, expect.anything())
    await untilStored(motion, expect.anything())
    await send('zigbee2mqtt/bridge/state', 'offline', { retain: true })
    await expect.poll(online, wait).toEqual({ [kitchen.device]: false, [motion.device]: false })
    await send('zigbee2mqtt/bridge/state', 'online', { retain: true })
    await expect.poll(online, wait).toEqual({ [kitchen.device]: true, [motion.device]: true })
  })

  test('it is known after a restart, and no more when it is taken back', async () => {
    await use(kitchen)
    const stop = await ingest(broker)
    await announce(kitchen)
    await untilStored(kitchen, expect.anything())
    await stop()
    await sql`truncate plugin_classroom.reading`.execute(server.tables)
    await ingest(broker)
    await untilStored(kitchen, [kitchen.device, 'temperature', 'temperature', 27])
    await expect
      .poll(async () => {
        await send(kitchen.topic, '', { retain: true })
        return await announced()
      }, wait)
      .toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 500))
    const before = await count()
    await sendState(kitchen)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await count()).toBe(before)
  })

  test('of a device that is not in use it is kept, and holds as soon as the device is taken into use', async () => {
    await ingest(broker)
    await expect
      .poll(async () => {
        await announce(kitchen)
        return await quarantined()
      }, wait)
      .toEqual([['unknown-device', kitchen.device, 'no home-assistant of this name']])
    await use(kitchen)
    await untilStored(kitchen, [kitchen.device, 'temperature', 'temperature', 27])
  })

  test('what is not understood is kept with the reason', async () => {
    await placeDevice(server.tables, { name: 'r301', type: 'home-assistant' })
    await ingest(broker)
    const config = {
      device_class: 'temperature',
      state_topic: 'r301/t',
      value_template: '{{ value | float * 2 }}',
    }
    await expect
      .poll(async () => {
        await send('homeassistant/sensor/r301/t/config', config)
        return await quarantined()
      }, wait)
      .toEqual([['unsupported', 'r301', 'the template is not understood: {{ value | float * 2 }}']])
    expect(await announced()).toEqual([])
    await send('homeassistant/sensor/r301/t/config', { ...config, value_template: '{{ value | float }}' })
    await expect.poll(announced, wait).toEqual([{ topic: 'r301/t' }])
    await expect
      .poll(async () => {
        await send('r301/t', 'warm')
        await send('r301/t', '210')
        await send('r301/t', '21')
        return [await count(), (await quarantined()).slice(1)]
      }, wait)
      .toEqual([
        expect.toSatisfy((stored) => stored > 0),
        [
          ['malformed', 'r301', 'warm is no number'],
          ['impossible', 'r301', 'temperature 210 is not between -40 and 60 °C'],
        ],
      ])
  })

  test('a device announces no more than can be listened to', async () => {
    await placeDevice(server.tables, { name: 'r301', type: 'home-assistant' })
    await ingest(broker)
    const config = (number: number) => ({ device_class: 'temperature', state_topic: `r301/${number}` })
    await expect
      .poll(async () => {
        await send('homeassistant/sensor/r301/0/config', config(0))
        return (await announced()).length
      }, wait)
      .toBe(1)
    for (let number = 1; number <= 101; number++)
      await send(`homeassistant/sensor/r301/${number}/config`, config(number))
    await expect
      .poll(async () => (await quarantined()).at(-1), wait)
      .toEqual(['unsupported', 'r301', 'a device announces 100 values at most'])
    expect((await announced()).length).toBe(100)
  })
})

test('announcements of devices that nobody took into use are forgotten after a month', async () => {
  await placeDevice(server.tables, { name: 'r301', type: 'home-assistant' })
  const at = new Date('2026-05-01T00:00:00Z')
  const row = (name: string) => ({
    config_topic: `homeassistant/sensor/${name}/config`,
    place: 0,
    device_name: name,
    topic: `${name}/state`,
    content: '{}',
    announced_at: at,
  })
  await server.tables
    .insertInto('announcement')
    .values([row('r301'), row('stranger')])
    .execute()
  await forgetStrangers(server.tables, new Date('2026-05-20T00:00:00Z'))
  expect(await announced()).toHaveLength(2)
  await forgetStrangers(server.tables, new Date('2026-06-01T00:00:00Z'))
  expect(await announced()).toEqual([{ topic: 'r301/state' }])
})

/** Not counted as skipped where it is not installed: .ci/run installs it. */
const describeMosquitto = hasMosquitto ? describe : () => undefined
describeMosquitto('several processes', () => {
  test('each knows what one of them was told, and what the broker had kept before they came', async () => {
    const broker = await startMosquitto()
    stops.push(async () => await broker.stop())
    const client = await mqtt.connectAsync(broker.address.url, { protocolVersion: 5 })
    stops.push(async () => await client.endAsync(true))
    await placeDevice(server.tables, { name: kitchen.device, type: 'home-assistant' })
    await client.publishAsync(kitchen.topic, text(kitchen.payload), { qos: 1, retain: true })
    const first = await ingest(broker)
    await ingest(broker)
    await expect.poll(announced, wait).toHaveLength(2)
    const slots = async () => (await server.tables.selectFrom('ingest_slot').selectAll().execute()).length
    await expect.poll(slots, wait).toBe(2)
    await first()
    await expect
      .poll(async () => {
        await client.publishAsync(kitchen.payload.state_topic, text(kitchen.state.payload), { qos: 1 })
        return await count()
      }, wait)
      .toBeGreaterThan(0)
  }, 60_000)
})
