import type { RoomState } from './room-at.ts'

/** What may be wrong with a device. */
export const faults = [
  'none',
  'silent',
  'slow-clock',
  'impossible',
  'twice',
  'restarting',
  'malformed',
] as const
export type Fault = (typeof faults)[number]
export type Equipment = 'camera' | 'door'

export interface SimulatedMessage {
  topic: string
  payload: string
}
interface Simulated {
  name: string
  equipment: Equipment
  fault: Fault
}

/** A clock that is slow is so by this much; a counter that restarts does so this often. */
const slowMs = 90_000
const restartMs = 50 * 60_000

/** Since when the counter of a device counts: since the night, and where it restarts since its last restart. Pure. */
export function counterStart(fault: Fault, { at, night }: { at: number; night: number }): number {
  return fault === 'restarting' ? Math.max(night, Math.floor(at / restartMs) * restartMs) : night
}

/** The messages by which a device reports a state of its room; none where it is silent. Pure. */
export function messagesOf(
  { name, equipment, fault }: Simulated,
  state: RoomState,
  { at, sequence }: { at: number; sequence: number },
): SimulatedMessage[] {
  if (fault === 'silent') return []
  const topic = `ustaz/${name}/readings`
  if (fault === 'malformed' && sequence % 10 === 0) return [{ topic, payload: '{"readings":' }]
  const counted =
    equipment === 'camera'
      ? { people: state.people }
      : { 'in-total': state.inTotal, 'out-total': state.outTotal }
  const payload = JSON.stringify({
    time: new Date(at - (fault === 'slow-clock' ? slowMs : 0)).toISOString(),
    seq: sequence,
    fw: '1.0.0',
    readings: {
      ...counted,
      temperature: state.temperature,
      co2: fault === 'impossible' ? 1 : state.co2,
      humidity: state.humidity,
      battery: 100 - (sequence % 60),
    },
  })
  return fault === 'twice'
    ? [
        { topic, payload },
        { topic, payload },
      ]
    : [{ topic, payload }]
}
