import type { BrokerAddress } from '@ustaz/core/plugin'
import { MqttClient } from 'mqtt'
import type { IClientOptions } from 'mqtt'
import { connect as connectPlain, isIP } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import { divertPublishes } from './divert-publishes.ts'
import type { ArrivedMessage } from './message.ts'

/** A session at the broker, which comes back by itself when the connection or the broker is gone. */
export interface Connection {
  /** Receives what these filters let through from now on, and nothing else. */
  listen(filters: Filters): void
  /** Stops taking messages. The broker keeps the session, and gives out again what was not acknowledged. */
  close(): Promise<void>
}

/** Filters of MQTT. */
export interface Filters {
  /** Each message goes to one process of the group. */
  shared: readonly string[]
  /** Each message goes to every process, and what the broker has kept comes as well. */
  forAll: readonly string[]
}

interface ConnectionOptions {
  broker: BrokerAddress
  clientId: string
  filters: Filters
  take(message: ArrivedMessage): void
  log: { warn(message: string): void; info(message: string): void }
}

/** Those who share the messages of the devices. */
const shareGroup = 'ustaz'
/** Messages the broker may have given out without an acknowledgement: several batches, so that the next comes while one is committed. */
const receiveMaximum = 16_000
/** How long a broker keeps the session of a process that is gone; another one takes it over long before (slots.ts). */
const sessionSeconds = 30 * 86_400
/** Short: Mosquitto forgets shared subscriptions when it is killed, and acknowledges what comes before they stand again to nobody. */
const reconnectMs = 200

/** Connects in the background; never throws because the broker is away. Throws for an address that is no mqtt:// or mqtts://. */
export function openConnection({ broker, clientId, filters, take, log }: ConnectionOptions): Connection {
  const url = new URL(broker.url)
  if (!['mqtt:', 'mqtts:'].includes(url.protocol))
    throw new Error(`messages of devices are received by mqtt:// or mqtts://, not by ${url.protocol}//`)
  const client = new MqttClient(() => openStream(url, broker.ca, take), optionsOf(url, clientId))
  let wanted = subscriptionsOf(filters)
  const subscribe = (topics: ReadonlySet<string>) => {
    if (topics.size === 0) return
    client.subscribe([...topics], { qos: 1 }, (error) => {
      if (error) log.warn(`the broker refuses a subscription: ${error.message}`)
    })
  }
  client.on('connect', () => {
    log.info(`connected to the broker as ${clientId}`)
    // Also where the broker has the session still: one that lost its memory starts an empty one, and subscribing twice is harmless.
    subscribe(wanted)
  })
  client.on('error', (error) => log.warn(`broker: ${error.message}`))
  return {
    listen(next) {
      const before = wanted
      wanted = subscriptionsOf(next)
      // Else all are subscribed to when it comes back. What a session of before had is then still given out, and is judged like any message.
      if (!client.connected) return
      subscribe(wanted.difference(before))
      const gone = [...before.difference(wanted)]
      if (gone.length > 0) client.unsubscribe(gone)
    },
    async close() {
      await client.endAsync(!client.connected)
    },
  }
}

function subscriptionsOf({ shared, forAll }: Filters): Set<string> {
  return new Set([...shared.map((topic) => `$share/${shareGroup}/${topic}`), ...forAll])
}

function openStream(url: URL, ca: string | undefined, take: (message: ArrivedMessage) => void) {
  const isSecure = url.protocol === 'mqtts:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const place = { host, port: Number(url.port || (isSecure ? 8883 : 1883)) }
  const socket = isSecure ? connectSecure({ ...place, ...nameOf(host), ca }) : connectPlain(place)
  socket.setNoDelay(true)
  return divertPublishes(socket, take).stream
}

/** TLS names no addresses. */
function nameOf(host: string): { servername?: string } {
  return isIP(host) ? {} : { servername: host }
}

function optionsOf(url: URL, clientId: string): IClientOptions {
  return {
    protocolId: 'MQTT',
    protocolVersion: 5,
    clientId,
    clean: false,
    keepalive: 20,
    reconnectPeriod: reconnectMs,
    connectTimeout: 10_000,
    resubscribe: false,
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    properties: { receiveMaximum, sessionExpiryInterval: sessionSeconds },
  }
}
