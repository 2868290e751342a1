import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { admitDevice } from '../devices/admit-device.ts'
import { exportAcl, exportPasswords, provisionDevice } from '../devices/registry.ts'
import { secureBrokers } from '../test-broker.ts'
import type { SecureBroker } from '../test-broker.ts'
import { createTestClassroom } from '../test-classroom.ts'
import type { TestClassroom } from '../test-classroom.ts'
import { startIngest } from './start-ingest.ts'

const wait = { timeout: 20_000, interval: 50 }
let server: TestClassroom
const passwords: Record<string, string> = {}
beforeAll(async () => {
  server = await createTestClassroom()
  for (const [name, type, isGateway] of [
    ['r1', 'ustaz', false],
    ['r2', 'ustaz', false],
    ['bridge', 'zigbee2mqtt', true],
    ['lamp', 'zigbee2mqtt', false],
    ['h1', 'home-assistant', false],
  ] as const) {
    const input = { name, type, isGateway, intervalSeconds: 60, roomCode: null }
    passwords[name] = (await provisionDevice(server.tables, input, new Date())).password
  }
})
afterAll(async () => {
  await server.close()
})

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const stored = async () =>
  await server.tables
    .selectFrom('reading')
    .innerJoin('device', 'device.id', 'device_id')
    .select('name')
    .distinct()
    .orderBy('name')
    .execute()

describe.each(secureBrokers)('$name by TLS', ({ start }) => {
  let broker: SecureBroker
  const open = async () => {
    await server.tables.deleteFrom('reading').execute()
    broker = await start({
      admit: async (credentials) => await admitDevice(server.plugin, credentials),
      acl: await exportAcl(server.tables),
      passwords: await exportPasswords(server.tables),
    })
    stops.push(broker.stop)
    stops.push(await startIngest({ ...server.plugin, broker: broker.address }))
  }
  const connect = async (
    name: string,
    password = passwords[name] ?? '',
    ca = broker.ca,
  ): Promise<MqttClient> => {
    const options = { username: name, password, ca, protocolVersion: 4, reconnectPeriod: 0 } as const
    const client = await mqtt.connectAsync(broker.devicesUrl, options)
    stops.push(async () => await client.endAsync(true))
    return client
  }
  const payload = (seq: number) =>
    JSON.stringify({ time: new Date().toISOString(), seq, readings: { people: 12 } })
  /** Until the subscription stands, Mosquitto gives a message to nobody: it is sent until it is stored. */
  const send = async (client: MqttClient, topic: string, text: string, as: string) =>
    await expect
      .poll(async () => {
        await client.publishAsync(topic, text, { qos: 1 })
        return (await stored()).map(({ name }) => name)
      }, wait)
      .toContain(as)

  test('a device comes in with its own password and is heard', async () => {
    await open()
    await send(await connect('r1'), 'ustaz/r1/readings', payload(1), 'r1')
  })

  test('a gateway speaks for the devices of its type', async () => {
    await open()
    await send(await connect('bridge'), 'zigbee2mqtt/lamp', JSON.stringify({ temperature: 21.5 }), 'lamp')
  })

  test('nobody comes in with a wrong password, without one, or trusts another certificate', async () => {
    await open()
    await expect(connect('r1', 'wrong')).rejects.toThrow('Not authorized')
    await expect(connect('r1', passwords['r2'])).rejects.toThrow('Not authorized')
    await expect(mqtt.connectAsync(broker.devicesUrl, { ca: broker.ca, reconnectPeriod: 0 })).rejects.toThrow(
      'Not authorized',
    )
    await expect(connect('r1', passwords['r1'], '')).rejects.toThrow('self-signed')
  })

  const announce = async (client: MqttClient, stateTopic: string, object = 'co2') => {
    const config = { device_class: 'carbon_dioxide', state_topic: stateTopic }
    await client.publishAsync(`homeassistant/sensor/h1/${object}/config`, JSON.stringify(config), { qos: 1 })
  }
  const announced = async () =>
    (await server.tables.selectFrom('announcement').select('topic').orderBy('topic').execute()).map(
      ({ topic }) => topic,
    )

  test('a device publishes at the topics it announced, as far as they bear its name', async () => {
    await server.tables.deleteFrom('announcement').execute()
    await open()
    const device = await connect('h1')
    await expect
      .poll(async () => {
        await announce(device, 'homeassistant/sensor/h1/co2/state')
        return await announced()
      }, wait)
      .toEqual(['homeassistant/sensor/h1/co2/state'])
    await send(device, 'homeassistant/sensor/h1/co2/state', '640', 'h1')
  })

  test('a device cannot make topics of others its own by announcing them', async () => {
    await server.tables.deleteFrom('announcement').execute()
    await open()
    const device = await connect('h1')
    device.on('error', () => undefined)
    await expect
      .poll(async () => {
        await announce(device, 'ustaz/r2/readings', 'theirs')
        await announce(device, 'house/h1/co2', 'own')
        return await announced()
      }, wait)
      .toEqual(['house/h1/co2', 'ustaz/r2/readings'])
    device.publish('ustaz/r2/readings', payload(2), { qos: 1 })
    await send(await connect('r2'), 'ustaz/r2/readings', payload(3), 'r2')
    const numbers = await server.tables.selectFrom('reading').select('sequence').distinct().execute()
    expect(numbers).toEqual([{ sequence: 3 }])
    const acl = await exportAcl(server.tables)
    const lines = acl.slice(acl.indexOf('user h1')).split('\n\n')[0]
    expect(lines).toContain('topic write house/h1/co2')
    expect(lines).not.toContain('r2')
  })

  test('a device that speaks for another is not heard', async () => {
    await open()
    const device = await connect('r1')
    device.on('error', () => undefined)
    device.publish('ustaz/r2/readings', payload(2), { qos: 1 })
    await send(await connect('r2'), 'ustaz/r2/readings', payload(3), 'r2')
    const numbers = await server.tables.selectFrom('reading').select('sequence').distinct().execute()
    expect(numbers).toEqual([{ sequence: 3 }])
  })
})
