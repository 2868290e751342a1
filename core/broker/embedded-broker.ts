import { Aedes } from 'aedes'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createSecureServer } from 'node:tls'
import { UstazError } from '../contract/problem.ts'
import type { DirectBroker } from '../plugin/broker.ts'
import { guardBroker, ownName } from './guard-broker.ts'
import type { Admit } from './guard-broker.ts'

export interface EmbeddedBroker {
  /**
   * mqtt://name:password@127.0.0.1:port, the product's own credentials, with which everything is allowed; speaks MQTT 3.1 and 3.1.1
   * (`protocolVersion: 4` in clients), not 5.
   */
  url: string
  /** Where devices come in by TLS; null: at `url`, without. */
  securePort: number | null
  /** Who else is let in; until it is said, connections of devices end, and they try again. */
  admitBy(admit: Admit): void
  direct: DirectBroker
  /** Disconnects every client. May be called more than once. */
  stop(): Promise<void>
}

export interface BrokerOptions {
  /** Of the devices; 0: any free one. */
  port: number
  /** Devices come in by TLS at this address; absent: without, from this machine only. */
  secure?: { host: string; certificate: string; key: string }
}

/**
 * Starts a broker in this process. Devices reach it at 127.0.0.1, or by TLS where `secure` says. What it keeps (retained messages, sessions,
 * what a subscriber has not acknowledged yet) is in memory and ends with it; what devices publish is not acknowledged before it is taken
 * (`direct`). Throws `broker-port-taken`.
 */
export async function startEmbeddedBroker({ port, secure }: BrokerOptions): Promise<EmbeddedBroker> {
  const broker = await Aedes.createBroker()
  const secret = randomBytes(24).toString('hex')
  const { admitBy, direct } = guardBroker(broker, secret)
  const own = createServer((socket) => broker.handle(socket))
  const servers: Server[] = []
  const open = async (server: Server, place: { host: string; port: number }) => {
    await listen(server, place)
    servers.push(server)
    return (server.address() as AddressInfo).port
  }
  let stopped: Promise<void> | null = null
  const stop = async () => await (stopped ??= close(broker, servers))
  try {
    const ownPort = await open(own, { host: '127.0.0.1', port: secure ? 0 : port })
    const securePort = secure ? await open(acceptSecurely(broker, secure), { host: secure.host, port }) : null
    const url = `mqtt://${encodeURIComponent(ownName)}:${secret}@127.0.0.1:${ownPort}`
    return { url, securePort, admitBy, direct, stop }
  } catch (cause) {
    await stop()
    throw portTaken(port, cause)
  }
}

function acceptSecurely(broker: Aedes, { certificate, key }: { certificate: string; key: string }): Server {
  const server = createSecureServer({ cert: certificate, key }, (socket) => broker.handle(socket))
  // Who does not come through the handshake is not let in, and that is all.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}

async function listen(server: Server, place: { host: string; port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place, resolve)
  })
}

async function close(broker: Aedes, servers: readonly Server[]): Promise<void> {
  const closed = servers.map(async (server) => await new Promise((resolve) => server.close(resolve)))
  await new Promise<void>((resolve) => {
    broker.close(resolve)
  })
  await Promise.all(closed)
}

function portTaken(port: number, cause: unknown): Error {
  if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') return cause as Error
  return new UstazError('broker-port-taken', {
    status: 500,
    params: { port },
    message: `Port ${port} is taken by another program: stop it, or set MQTT_URL to the broker that is there.`,
    cause,
  })
}
