import { deviceTypes, isPossible, quantities, readMessage } from '@ustaz/devices'
import type { ReadMessage, Reading } from '@ustaz/devices'
import type { Announced } from './announcements.ts'
import { refusedFault } from './refused-fault.ts'
import type { ArrivedMessage } from './message.ts'
import type { StoredReading, DeviceNews, Quarantined, Outcome, Judgement } from './judgement.ts'

/** A device as far as judging its messages goes. */
export interface KnownDevice {
  id: number
  type: string
}
/** What is known of devices when a message is judged. */
export interface Known {
  /** A device in use; null: there is none of this name and type. */
  find(name: string, type: string): KnownDevice | null
  /** What was announced of messages at a topic. */
  announcedAt(topic: string): readonly Announced[]
  /** How much a device has announced at other topics than this one. */
  countAnnounced(deviceName: string, exceptAt: string): number
}
export interface JudgeRules {
  timeZone: string
  lateDays: number
}

/** A clock may be this far ahead; what is said to be measured later than that is not believed. */
export const futureSeconds = 120
/** A reading older than this on arrival is late: it came from a device that had kept it. */
export const lateSeconds = 300

export type Message = Pick<ArrivedMessage, 'topic' | 'payload' | 'retained' | 'arrivedAt'>

/** How much one device may announce; each of its topics is listened to. */
const mostAnnounced = 100

/** What becomes of a message, by the type whose topic it is. Pure: the same message gives the same judgement. */
export function judgeMessage(
  message: Message,
  known: Pick<Known, 'find' | 'countAnnounced'>,
  rules: JudgeRules,
): Judgement {
  const { topic, payload, arrivedAt } = message
  const read = readMessage(deviceTypes, topic, payload, { arrivedAt, timeZone: rules.timeZone })
  if ('fault' in read) return refuse({ reason: read.fault, deviceName: read.device, why: read.why })
  const device = known.find(read.device, read.type)
  if (!device) {
    const why = refusedFault('no-device', { type: read.type })
    const refused = refuse({ reason: 'unknown-device', deviceName: read.device, why })
    // It may be taken into use, and does not announce again for that.
    return { ...refused, announces: read.announces && { deviceName: read.device, ...read.announces } }
  }
  const hasTime = read.readings.some(({ at }) => at !== null)
  // A kept message without a time was measured nobody knows when; one with a time is the same message as it was then.
  if (message.retained && read.readings.length > 0 && !hasTime) return ended('retained')
  const receipt =
    read.receiptTopic === null || read.sequence === null
      ? null
      : { topic: read.receiptTopic, sequence: read.sequence }
  const around = { message, device, rules, name: read.device, sequence: read.sequence }
  const judged = { ...judgeReadings(read.readings, around), announces: null, receipt }
  const news: DeviceNews = {
    deviceId: device.id,
    seenAt: arrivedAt,
    online: read.online,
    firmware: read.firmware,
    battery: judged.readings.find(({ quantity }) => quantity === 'battery')?.value ?? null,
    sequence: read.sequence,
    clockAhead: hasTime ? clockAhead(read.readings, arrivedAt) : null,
  }
  const isNews = !message.retained || read.online !== null
  const whole = { ...judged, news: isNews ? [news] : [] }
  return read.announces ? announce(whole, { topic, read, known }) : whole
}

function announce(
  judged: Judgement,
  { topic, read, known }: { topic: string; read: ReadMessage; known: Pick<Known, 'countAnnounced'> },
) {
  const { entries, refused } = read.announces ?? { entries: [], refused: [] }
  const isTooMuch = known.countAnnounced(read.device, topic) + entries.length > mostAnnounced
  const faults = isTooMuch ? [refusedFault('too-many-announced', { most: mostAnnounced })] : refused
  const quarantined = faults.map((why) => {
    return { reason: 'unsupported' as const, deviceName: read.device, why }
  })
  const isOfNoUse = quarantined.length > 0 && (isTooMuch || entries.length === 0)
  return {
    ...judged,
    outcome: isOfNoUse ? ('quarantined' as const) : judged.outcome,
    quarantined,
    announces: isTooMuch ? null : { deviceName: read.device, entries },
  }
}

interface Around {
  message: Message
  device: KnownDevice
  rules: JudgeRules
  name: string
  sequence: number | null
}

export function judgeReadings(
  readings: readonly Reading[],
  around: Around,
): Omit<Judgement, 'news' | 'receipt' | 'announces'> {
  const { message, device, name, sequence } = around
  const stored: StoredReading[] = []
  const quarantined: Quarantined[] = []
  for (const { quantity, value, channel, at } of readings) {
    const measuredAt = at ?? message.arrivedAt
    const fault = faultOf(quantity, value, { measuredAt, around })
    if (fault) quarantined.push({ ...fault, deviceName: name })
    else
      stored.push({
        deviceId: device.id,
        measuredAt,
        sequence: sequence ?? -1,
        quantity,
        channel,
        value,
        receivedAt: message.arrivedAt,
      })
  }
  return { outcome: outcomeOf(stored, quarantined), readings: stored, quarantined }
}

export function outcomeOf(stored: readonly StoredReading[], quarantined: readonly Quarantined[]): Outcome {
  if (stored.length === 0) return quarantined.length > 0 ? 'quarantined' : 'status'
  const isLate = stored.some(
    ({ measuredAt, receivedAt }) => secondsBetween(measuredAt, receivedAt) > lateSeconds,
  )
  return isLate ? 'late' : 'stored'
}

function faultOf(
  quantity: Reading['quantity'],
  value: number,
  { measuredAt, around: { message, rules } }: { measuredAt: Date; around: Around },
): Omit<Quarantined, 'deviceName'> | null {
  if (!isPossible(quantity, value)) {
    const { min, max, unit } = quantities[quantity]
    return { reason: 'impossible', why: refusedFault('out-of-range', { quantity, value, min, max, unit }) }
  }
  const age = secondsBetween(measuredAt, message.arrivedAt)
  if (Number.isNaN(age)) return { reason: 'malformed', why: refusedFault('never-measured') }
  if (age < -futureSeconds)
    return { reason: 'future', why: refusedFault('measured-later', { seconds: Math.round(-age) }) }
  if (age > rules.lateDays * 86_400)
    return { reason: 'too-old', why: refusedFault('measured-long-ago', { days: Math.round(age / 86_400) }) }
  return null
}

function clockAhead(readings: readonly Reading[], arrivedAt: Date): number | null {
  let newest = -Infinity
  for (const { at } of readings) if (at !== null && at.getTime() > newest) newest = at.getTime()
  return Number.isFinite(newest) ? (newest - arrivedAt.getTime()) / 1000 : null
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000
}

export function ended(outcome: Outcome): Judgement {
  return { outcome, receipt: null, readings: [], news: [], quarantined: [], announces: null }
}

/** A message that is not stored. */
export function refuse(one: Quarantined): Judgement {
  return { ...ended('quarantined'), quarantined: [one] }
}
