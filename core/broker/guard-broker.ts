import type { Aedes, Client, PublishPacket } from 'aedes'
import { timingSafeEqual } from 'node:crypto'
import type { DeviceRights, DirectBroker, PublishedMessage } from '../plugin/broker.ts'
import { isCovered } from './topic-filter.ts'

/** Answers what a device may do; null: it is not let in. */
export type Admit = (credentials: { name: string; password: string }) => Promise<DeviceRights | null>

/** The product's own name at the broker; no device can have it, for its names have no sign in front. */
export const ownName = '$ustaz'

interface Receiver {
  filters: readonly string[]
  take(message: PublishedMessage): Promise<void>
}

/**
 * Lets in the product itself (by `secret`) and whom `admitBy` lets in, holds each to its rights, and hands what is published to the receiver.
 * Aedes acknowledges a message of QoS 1 after `authorizePublish` has answered; that is where it waits until it is taken.
 */
export function guardBroker(
  broker: Aedes,
  secret: string,
): { admitBy(admit: Admit): void; direct: DirectBroker } {
  let admit: Admit = () => Promise.reject(new Error('nobody says yet who is let in'))
  let receiver: Receiver | null = null
  const rights = guardConnections(broker, async (name, password) =>
    name === ownName ? (isSame(password, secret) ? everything : null) : await admit({ name, password }),
  )

  const hold = async (client: Client | null, packet: PublishPacket) => {
    const { topic, payload, dup } = packet
    // The last will of a client that is gone may come without one; it was allowed to say it when it connected.
    const held = client === null ? everything : (rights.get(client) ?? nothing)
    if (!covers(held.publish, topic) && !(await held.mayAlsoPublish?.(topic)))
      throw new Error(`not allowed to publish to ${topic}`)
    if (receiver && covers(receiver.filters, topic)) {
      await receiver.take({ topic, payload: Buffer.from(payload), again: dup })
    } else if (!receiver && held !== everything) throw new Error('nobody receives messages of devices yet')
  }
  broker.authorizePublish = (client, packet, done) => {
    hold(client, packet).then(
      () => done(null),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    )
  }
  return {
    admitBy(given) {
      admit = given
    },
    direct: {
      receive(filters, take) {
        const own: Receiver = { filters, take }
        receiver = own
        return () => {
          if (receiver === own) receiver = null
        }
      },
      publish(topic, payload) {
        const packet = { cmd: 'publish', qos: 0, dup: false, retain: false, topic, payload } as const
        broker.publish(packet, () => undefined)
      },
    },
  }
}

const everything: DeviceRights = { publish: ['#'], subscribe: ['#'] }
const nothing: DeviceRights = { publish: [], subscribe: [] }

/** Answers the rights of those who are connected. */
function guardConnections(
  broker: Aedes,
  rightsOf: (name: string, password: string) => Promise<DeviceRights | null>,
): WeakMap<Client, DeviceRights> {
  const rights = new WeakMap<Client, DeviceRights>()
  broker.authenticate = (client, name, password, done) => {
    rightsOf(name ?? '', password?.toString() ?? '').then(
      (found) => {
        if (found) rights.set(client, found)
        done(null, found !== null)
      },
      // What cannot be looked up now is not refused: a device that is refused may give up, one whose connection ends tries again.
      () => client.close(),
    )
  }
  broker.authorizeSubscribe = (client, subscription, done) => {
    const filters = rights.get(client)?.subscribe ?? []
    done(null, covers(filters, subscription.topic) ? subscription : null)
  }
  return rights
}

function covers(filters: readonly string[], topic: string): boolean {
  return filters.some((filter) => isCovered(topic, filter))
}

function isSame(given: string, secret: string): boolean {
  return given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret))
}
