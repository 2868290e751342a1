import { Aedes } from 'aedes'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { UstazError } from '../contract/problem.ts'

export interface EmbeddedBroker {
  /** mqtt://127.0.0.1:port; speaks MQTT 3.1 and 3.1.1 (`protocolVersion: 4` in clients), not 5. */
  url: string
  /** Disconnects every client. May be called more than once. */
  stop(): Promise<void>
}

/**
 * Starts a broker in this process, on 127.0.0.1. `port` 0: any free one. What it keeps (retained messages, sessions, what a
 * subscriber has not acknowledged yet) is in memory and ends with it. Throws `broker-port-taken`.
 */
export async function startEmbeddedBroker({ port }: { port: number }): Promise<EmbeddedBroker> {
  const broker = await Aedes.createBroker()
  const server = createServer((socket) => broker.handle(socket))
  try {
    await listen(server, port)
  } catch (cause) {
    broker.close()
    throw portTaken(port, cause)
  }
  let stopped: Promise<void> | null = null
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => await (stopped ??= close(broker, server)),
  }
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
