import { Aedes } from 'aedes'
import type { Client } from 'aedes'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { UstazError } from '../contract/problem.ts'
import type { DeviceRights } from '../plugin/definition.ts'
import { isCovered } from './topic-filter.ts'

/** Answers what a device may do; null: it is not let in. */
export type Admit = (credentials: { name: string; password: string }) => Promise<DeviceRights | null>

export interface EmbeddedBroker {
  /**
   * mqtt://name:password@127.0.0.1:port, the product's own credentials, with which everything is allowed; speaks MQTT 3.1 and 3.1.1
   * (`protocolVersion: 4` in clients), not 5.
   */
  url: string
  /** Who else is let in; until it is said, nobody. */
  admitBy(admit: Admit): void
  /** Disconnects every client. May be called more than once. */
  stop(): Promise<void>
}

/** The product's own name at the broker; no device can have it, for its names have no sign in front. */
const ownName = '$ustaz'

/**
 * Starts a broker in this process, on 127.0.0.1. `port` 0: any free one. What it keeps (retained messages, sessions, what a
 * subscriber has not acknowledged yet) is in memory and ends with it. Throws `broker-port-taken`.
 */
export async function startEmbeddedBroker({ port }: { port: number }): Promise<EmbeddedBroker> {
  const broker = await Aedes.createBroker()
  const secret = randomBytes(24).toString('hex')
  let admit: Admit = () => Promise.resolve(null)
  guard(broker, secret, async (credentials) => await admit(credentials))
  const server = createServer((socket) => broker.handle(socket))
  try {
    await listen(server, port)
  } catch (cause) {
    broker.close()
    throw portTaken(port, cause)
  }
  let stopped: Promise<void> | null = null
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `mqtt://${encodeURIComponent(ownName)}:${secret}@${address}`,
    admitBy(given) {
      admit = given
    },
    stop: async () => await (stopped ??= close(broker, server)),
  }
}

/** Lets in the product itself and whom `admit` lets in, and holds each to its rights. */
function guard(broker: Aedes, secret: string, admit: Admit): void {
  const rights = new WeakMap<Client, DeviceRights>()
  const everything = { publish: ['#'], subscribe: ['#'] }
  const rightsOf = async (name: string, password: string) => {
    if (name === ownName) return isSame(password, secret) ? everything : null
    return await admit({ name, password })
  }
  broker.authenticate = (client, name, password, done) => {
    rightsOf(name ?? '', password?.toString() ?? '').then(
      (found) => {
        if (found) rights.set(client, found)
        done(null, found !== null)
      },
      // What cannot be looked up now is not let in now: devices try again.
      () => done(null, false),
    )
  }
  broker.authorizePublish = (client, { topic }, done) => {
    // The last will of a client that is gone comes without one; it was allowed to say it when it connected.
    const allowed = client === null || rights.get(client)?.publish.some((filter) => isCovered(topic, filter))
    done(allowed ? null : new Error(`not allowed to publish to ${topic}`))
  }
  broker.authorizeSubscribe = (client, subscription, done) => {
    const filters = rights.get(client)?.subscribe ?? []
    done(null, filters.some((filter) => isCovered(subscription.topic, filter)) ? subscription : null)
  }
}

function isSame(given: string, secret: string): boolean {
  return given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret))
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

async function close(broker: Aedes, server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  await new Promise<void>((resolve) => {
    broker.close(resolve)
  })
  await closed
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
