import { once } from 'node:events'
import { createConnection } from 'node:net'
import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../testing/make-certificate.ts'
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

async function connect(options: mqtt.IClientOptions = {}, url = broker.url): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...options })
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

describe('who is let in', () => {
  const withoutCredentials = () => new URL(broker.url).host
  const as = async (username: string, password: string) =>
    await connect(
      { username, password, clientId: `as-${username}-${password}` },
      `mqtt://${withoutCredentials()}`,
    )
  beforeAll(() => {
    broker.admitBy(async ({ name, password }) => {
      await Promise.resolve()
      if (name === 'broken') throw new Error('no database')
      return password === 'right' ? { publish: [`lab/${name}`], subscribe: [] } : null
    })
  })

  test.each([
    ['r1', 'wrong'],
    ['$ustaz', 'right'],
  ])('%s with %s is not', async (name, password) => {
    await expect(as(name, password)).rejects.toThrow('Not authorized')
  })

  test('a device of which cannot be said whether it may come in is not refused: its connection ends', async () => {
    const credentials = {
      username: 'broken',
      password: 'right',
      protocolVersion: 4,
      reconnectPeriod: 0,
    } as const
    const client = mqtt.connect(`mqtt://${withoutCredentials()}`, credentials)
    clients.push(client)
    const errors: Error[] = []
    client.on('error', (error) => errors.push(error))
    await new Promise<void>((resolve) => client.on('close', () => resolve()))
    expect(errors).toEqual([])
  })

  test('nor is anybody without a name', async () => {
    await expect(connect({}, `mqtt://${withoutCredentials()}`)).rejects.toThrow('Not authorized')
  })

  test('a device publishes its own topics and no others, and reads nothing', async () => {
    const end = broker.direct.receive(['lab/#'], async () => await Promise.resolve())
    const reader = await connect()
    await reader.subscribeAsync('lab/#', { qos: 1 })
    const received = collect(reader, 1)
    const device = await as('r1', 'right')
    await device.publishAsync('lab/r1', 'mine', { qos: 1 })
    expect(await received).toEqual(['mine'])
    const refused = await device.subscribeAsync('lab/#', { qos: 1 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    const closed = new Promise<void>((resolve) => device.on('close', () => resolve()))
    device.publish('lab/r2', 'not mine', { qos: 1 })
    await closed
    end()
  })

  test('nothing of a device is taken before somebody receives it', async () => {
    const device = await as('r1', 'right')
    const closed = new Promise<void>((resolve) => device.on('close', () => resolve()))
    device.publish('lab/r1', 'to nobody', { qos: 1 })
    await closed
  })
})

describe('what is received directly', () => {
  test('is acknowledged when it is taken, not when it came', async () => {
    const taken = Promise.withResolvers<undefined>()
    const came: string[] = []
    const end = broker.direct.receive(['hall/#'], async ({ topic, payload }) => {
      came.push(`${topic} ${payload.toString()}`)
      await taken.promise
    })
    const device = await connect()
    let isAcknowledged = false
    const published = device.publishAsync('hall/1', '5', { qos: 1 }).then(() => (isAcknowledged = true))
    await expect.poll(() => came).toEqual(['hall/1 5'])
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(isAcknowledged).toBe(false)
    taken.resolve(undefined)
    await published
    end()
  })

  test('comes again if it was not taken', async () => {
    const came: string[] = []
    const end = broker.direct.receive(['hall/#'], async ({ payload }) => {
      came.push(payload.toString())
      if (came.length === 1) throw new Error('no room')
      await Promise.resolve()
    })
    const device = await connect({ clientId: 'again', clean: false, reconnectPeriod: 50 })
    await device.publishAsync('hall/1', '5', { qos: 1 })
    expect(came).toEqual(['5', '5'])
    end()
  })

  test('can be answered', async () => {
    const device = await connect()
    await device.subscribeAsync('hall/answer')
    const answer = collect(device, 1)
    broker.direct.publish('hall/answer', 'yes')
    expect(await answer).toEqual(['yes'])
  })
})

test('lets devices in by TLS, and only so', async () => {
  const { certificate, key } = await makeCertificate()
  const secure = await startEmbeddedBroker({ port: 0, secure: { host: '127.0.0.1', certificate, key } })
  secure.admitBy(async () => await Promise.resolve({ publish: [], subscribe: [] }))
  const at = `127.0.0.1:${secure.securePort}`
  await connect({ ca: certificate, username: 'r1', password: 'right' }, `mqtts://${at}`)
  await expect(connect({ username: 'r1', password: 'right' }, `mqtts://${at}`)).rejects.toThrow('self-signed')
  const plain = createConnection({ host: '127.0.0.1', port: secure.securePort! })
  plain.on('error', () => undefined)
  plain.write('\u0010 no handshake of TLS')
  await once(plain, 'close')
  // The product itself comes in from this machine.
  await connect({}, secure.url)
  await secure.stop()
})
