import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbeddedBroker } from './embedded-broker.ts'
import type { EmbeddedBroker } from './embedded-broker.ts'

let broker: EmbeddedBroker
const clients: MqttClient[] = []
beforeAll(async () => {
  broker = await startEmbeddedBroker({ port: 0 })
})
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
  await broker.stop()
})

async function connect(options: mqtt.IClientOptions = {}): Promise<MqttClient> {
  const client = await mqtt.connectAsync(broker.url, { protocolVersion: 4, reconnectPeriod: 0, ...options })
  clients.push(client)
  return client
}

async function collect(client: MqttClient, count: number): Promise<string[]> {
  return await new Promise((resolve) => {
    const messages: string[] = []
    client.on('message', (_topic, payload) => {
      messages.push(payload.toString())
      if (messages.length === count) resolve(messages)
    })
  })
}

test('brings what one client publishes to another, acknowledged and in order', async () => {
  const reader = await connect()
  await reader.subscribeAsync('room/+/co2', { qos: 1 })
  const received = collect(reader, 500)
  const writer = await connect()
  const sent = Array.from({ length: 500 }, (_, number) => String(number))
  await Promise.all(sent.map(async (text) => await writer.publishAsync('room/7/co2', text, { qos: 1 })))
  expect(await received).toEqual(sent)
})

test('keeps messages for a subscriber that is away', async () => {
  const session = { clientId: 'away', clean: false }
  const before = await connect(session)
  await before.subscribeAsync('lab', { qos: 1 })
  await before.endAsync()
  const writer = await connect()
  await writer.publishAsync('lab', 'while away', { qos: 1 })
  const again = mqtt.connect(broker.url, { protocolVersion: 4, ...session })
  clients.push(again)
  expect(await collect(again, 1)).toEqual(['while away'])
})

test('refuses MQTT 5, which it does not speak', async () => {
  await expect(connect({ protocolVersion: 5, connectTimeout: 2000 })).rejects.toThrow()
})

test('names a port that is taken', async () => {
  const port = Number(new URL(broker.url).port)
  await expect(startEmbeddedBroker({ port })).rejects.toThrow(`Port ${port} is taken`)
})

test('can be stopped twice, also with clients connected', async () => {
  const other = await startEmbeddedBroker({ port: 0 })
  const client = await mqtt.connectAsync(other.url, { protocolVersion: 4, reconnectPeriod: 0 })
  await Promise.all([other.stop(), other.stop()])
  await expect(mqtt.connectAsync(other.url, { reconnectPeriod: 0 })).rejects.toThrow('ECONNREFUSED')
  await client.endAsync(true)
})
