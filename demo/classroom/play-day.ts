import mqtt from 'mqtt'
import type { AppContext } from '../../core/app-context.ts'
import { nightBefore } from '../../plugins/classroom/attendance/settle.ts'
import { counterStart, messagesOf } from '../../devices/simulator/messages-of.ts'
import type { SimulatedMessage } from '../../devices/simulator/messages-of.ts'
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
  const { timeZone } = context.config
  const timers: NodeJS.Timeout[] = []
  let isStopped = false
  const warn = (error: unknown) => {
    if (!isStopped) context.log.warn(`simulator: ${error instanceof Error ? error.message : String(error)}`)
  }
  const play = async (room: PlayedRoom) => {
    let sequence = (room.stored?.sequence ?? -1) + 1
    const report = async (at: number) => {
      for (const { topic, payload } of reportAt(room, { at, sequence: sequence++ }, timeZone))
        await client.publishAsync(topic, payload, { qos: 1 })
    }
    const now = Date.now()
    // What it measures now comes first: a device of which only kept readings are known seems to have a slow clock.
    for (const at of [now, ...keptMoments(room.stored?.at ?? null, now)]) {
      if (isStopped) return
      await report(at)
    }
    if (!isStopped) timers.push(setInterval(() => void report(Date.now()).catch(warn), everyMs))
  }
  for (const room of rooms) play(room).catch(warn)
  return {
    async stop() {
      isStopped = true
      for (const timer of timers) clearInterval(timer)
      await client.endAsync(true)
    },
  }
}

/** The moments of the hours before `now` of which a device has kept readings: those after what is stored of it. Pure. */
export function keptMoments(stored: number | null, now: number): number[] {
  const from = Math.max(now - keptMs, stored === null ? -Infinity : stored + keptEveryMs)
  const count = Math.max(0, Math.ceil((now - keptEveryMs - from) / keptEveryMs))
  return Array.from({ length: count }, (_, step) => from + step * keptEveryMs)
}

/** What a device says at a moment, the same whenever the demonstration was started; its counter starts anew in the night. Pure. */
export function reportAt(
  { device, room }: Pick<PlayedRoom, 'device' | 'room'>,
  { at, sequence }: { at: number; sequence: number },
  timeZone: string,
): SimulatedMessage[] {
  const night = nightBefore(new Date(at), timeZone).getTime()
  const state = roomAt(room, at, counterStart(device.fault, { at, night }))
  return messagesOf(device, state, { at, sequence })
}
