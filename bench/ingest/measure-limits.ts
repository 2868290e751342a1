import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { generate, parser } from 'mqtt-packet'
import type { ISubscribePacket, Packet } from 'mqtt-packet'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from '../../core/database/connection.ts'
import type { BrokerAddress } from '../../core/plugin/index.ts'
import { acknowledgementsOf, splitPackets } from '../../plugins/classroom/ingest/split-packets.ts'
import { describePerMessage, readProcessorTime } from './processor-time.ts'
import { deviceCount, publish } from './run-publisher.ts'

/** What measurements share. */
export interface Parts {
  pool: Database['pool']
  address: BrokerAddress
  /** Processor time of the database's server so far. */
  serverSeconds(): number
}

/** Rows a second of COPY in text into the table, empty and with its key, in one transaction. */
export async function measureCopy(pool: Database['pool'], rows: number): Promise<number> {
  const now = new Date().toISOString()
  const lines = Array.from(
    { length: rows },
    (_, seq) => `${(seq % deviceCount) + 1}\t${now}\t${seq}\tpeople\t\t${seq % 40}\t${now}\n`,
  )
  const client = await pool.connect()
  await client.query('truncate plugin_classroom.reading')
  const begun = performance.now()
  await pipeline(Readable.from(lines), client.query(copyFrom('copy plugin_classroom.reading from stdin')))
  const seconds = (performance.now() - begun) / 1000
  client.release()
  return rows / seconds
}

/**
 * Messages a second to a subscriber that does nothing else but acknowledge, all at once that came at once, and reads them as ingest does: the
 * fastest one that was found.
 */
export async function measureBroker({ address, serverSeconds }: Parts, messages: number): Promise<number> {
  const { url, version } = address
  const { hostname, port, username, password } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  const subscribed = Promise.withResolvers<unknown>()
  const done = Promise.withResolvers<number>()
  socket.on('error', done.reject)
  const others = parser({ protocolVersion: version })
  others.on('packet', ({ cmd }: Packet) => {
    if (cmd === 'connack') socket.write(generate(subscription, { protocolVersion: version }))
    if (cmd === 'suback') subscribed.resolve(null)
  })
  const ids: number[] = []
  const split = splitPackets({
    version,
    onPublish: ({ id }) => ids.push(id ?? 0),
    onOther: (packets) => others.parse(packets),
  })
  let received = 0
  let first = 0
  socket.on('data', (bytes) => {
    split(bytes)
    if (ids.length === 0) return
    if (received === 0) first = performance.now()
    received += ids.length
    socket.write(acknowledgementsOf(ids.splice(0)))
    if (received === messages) done.resolve(messages / ((performance.now() - first) / 1000))
  })
  const named = username
    ? { username: decodeURIComponent(username), password: Buffer.from(decodeURIComponent(password)) }
    : {}
  socket.write(generate({ ...connection, protocolVersion: version, ...named }))
  await subscribed.promise
  const before = readProcessorTime(serverSeconds)
  const published = publish(url, messages, 0)
  const rate = await done.promise
  const after = readProcessorTime(serverSeconds)
  const { processor } = await published
  console.log(describePerMessage(before, after, { publisher: processor, messages }))
  socket.end(generate({ cmd: 'disconnect' }, { protocolVersion: version }))
  return rate
}

const connection = {
  cmd: 'connect',
  protocolId: 'MQTT',
  clean: true,
  clientId: 'bench-limit',
  keepalive: 0,
} as const
const subscription: ISubscribePacket = {
  cmd: 'subscribe',
  messageId: 1,
  subscriptions: [{ topic: 'ustaz/+/readings', qos: 1 }],
}
