import mqtt from 'mqtt'
import type { AppContext } from '../../core/app-context.ts'
import { messagesOf } from '../../devices/simulator/messages-of.ts'
import { roomAt } from '../../devices/simulator/room-at.ts'
import { loadRooms } from './load-rooms.ts'
import type { PlayedRoom } from './load-rooms.ts'

/** Every device reports this often; of the hours before, as if it had kept its readings while the network was away, this often. */
const everyMs = 10_000
const keptEveryMs = 120_000
const keptMs = 5 * 3_600_000

/** Plays the day of the demonstration university over the broker, until it is stopped. Nothing is played where no broker is. */
export async function playDay(context: AppContext): Promise<{ stop(): Promise<void> }> {
  const { broker } = context.host.contextOf('classroom')
  if (!broker) return { stop: async () => undefined }
  const rooms = await loadRooms(context, context.now())
  const client = await mqtt.connectAsync(broker.url, {
    protocolVersion: broker.version,
    clientId: `ustaz-simulator-${process.pid}`,
  })
  const begun = Math.floor(Date.now() / 1000)
  const report = async ({ device, room }: PlayedRoom, at: number, sequence: number) => {
    for (const { topic, payload } of messagesOf(device, roomAt(room, at), { at, sequence }))
      await client.publishAsync(topic, payload, { qos: 1 })
  }
  let isStopped = false
  const warn = (error: unknown) => {
    if (!isStopped) context.log.warn(`simulator: ${error instanceof Error ? error.message : String(error)}`)
  }
  const bringKept = async (room: PlayedRoom) => {
    // Numbers go on from start to start, so that none of them is taken for one of an earlier day.
    for (let at = Date.now() - keptMs, step = 0; at < Date.now() - keptEveryMs; at += keptEveryMs, step++) {
      if (isStopped) return
      await report(room, at, begun * 1000 + step)
    }
  }
  for (const room of rooms) bringKept(room).catch(warn)
  let step = Math.ceil(keptMs / keptEveryMs)
  const timer = setInterval(() => {
    const sequence = begun * 1000 + step++
    for (const room of rooms) report(room, Date.now(), sequence).catch(warn)
  }, everyMs)
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await client.endAsync(true)
    },
  }
}
