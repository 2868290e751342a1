import { deviceTypes, isPossible, quantities, readMessage } from '@ustaz/devices'
import type { Reading } from '@ustaz/devices'
import type { QuarantineReason } from '../tables.ts'
import type { ArrivedMessage } from './message.ts'

/** A device as far as judging its messages goes. */
export interface KnownDevice {
  id: number
  type: string
}
export interface JudgeRules {
  timeZone: string
  lateDays: number
}

export interface StoredReading {
  deviceId: number
  measuredAt: Date
  /** -1: the message has no number. */
  sequence: number
  quantity: Reading['quantity']
  channel: string
  value: number
  receivedAt: Date
}
/** What the message says of the device itself; null: nothing. */
export interface DeviceNews {
  deviceId: number
  seenAt: Date
  online: boolean | null
  firmware: string | null
  battery: number | null
  sequence: number | null
  /** Seconds by which its clock is ahead of ours, transport included; null: the message has no time. */
  clockAhead: number | null
}
export interface Quarantined {
  reason: QuarantineReason
  deviceName: string | null
  detail: string
}
/** Every message comes to one of these ends; each is counted. */
export type Outcome = 'stored' | 'late' | 'status' | 'retained' | 'quarantined'
export interface Judgement {
  outcome: Outcome
  /** Where the device is told that this number is stored; null: it did not ask. */
  receipt: { topic: string; sequence: number } | null
  readings: StoredReading[]
  news: DeviceNews | null
  quarantined: Quarantined[]
}

/** A clock may be this far ahead; what is said to be measured later than that is not believed. */
export const futureSeconds = 120
/** A reading older than this on arrival is late: it came from a device that had kept it. */
export const lateSeconds = 300

type Message = Pick<ArrivedMessage, 'topic' | 'payload' | 'retained' | 'arrivedAt'>

/** What becomes of a message. Pure: the same message gives the same judgement. */
export function judgeMessage(
  message: Message,
  find: (name: string, type: string) => KnownDevice | null,
  rules: JudgeRules,
): Judgement {
  const { topic, payload, arrivedAt } = message
  const read = readMessage(deviceTypes, topic, payload, { arrivedAt, timeZone: rules.timeZone })
  if ('fault' in read) return refuse({ reason: read.fault, deviceName: read.device, detail: read.detail })
  const device = find(read.device, read.type)
  if (!device)
    return refuse({
      reason: 'unknown-device',
      deviceName: read.device,
      detail: `no ${read.type} of this name`,
    })
  const hasTime = read.readings.some(({ at }) => at !== null)
  // A kept message without a time was measured nobody knows when; one with a time is the same message as it was then.
  if (message.retained && read.readings.length > 0 && !hasTime) return ended('retained')
  const receipt =
    read.receiptTopic === null || read.sequence === null
      ? null
      : { topic: read.receiptTopic, sequence: read.sequence }
  const around = { message, device, rules, name: read.device, sequence: read.sequence }
  const judged = { ...judgeReadings(read.readings, around), receipt }
  if (message.retained && read.online === null) return { ...judged, news: null }
  const news: DeviceNews = {
    deviceId: device.id,
    seenAt: arrivedAt,
    online: read.online,
    firmware: read.firmware,
    battery: judged.readings.find(({ quantity }) => quantity === 'battery')?.value ?? null,
    sequence: read.sequence,
    clockAhead: hasTime ? clockAhead(read.readings, arrivedAt) : null,
  }
  return { ...judged, news }
}

interface Around {
  message: Message
  device: KnownDevice
  rules: JudgeRules
  name: string
  sequence: number | null
}

function judgeReadings(readings: readonly Reading[], around: Around): Omit<Judgement, 'news' | 'receipt'> {
  const { message, device, name, sequence } = around
  const stored: StoredReading[] = []
  const quarantined: Quarantined[] = []
  for (const { quantity, value, channel, at } of readings) {
    const fault = faultOf({ quantity, value, at: at ?? message.arrivedAt }, around)
    if (fault) quarantined.push({ ...fault, deviceName: name })
    else
      stored.push({
        deviceId: device.id,
        measuredAt: at ?? message.arrivedAt,
        sequence: sequence ?? -1,
        quantity,
        channel,
        value,
        receivedAt: message.arrivedAt,
      })
  }
  return { outcome: outcomeOf(stored, quarantined), readings: stored, quarantined }
}

function outcomeOf(stored: readonly StoredReading[], quarantined: readonly Quarantined[]): Outcome {
  if (stored.length === 0) return quarantined.length > 0 ? 'quarantined' : 'status'
  const isLate = stored.some(
    ({ measuredAt, receivedAt }) => secondsBetween(measuredAt, receivedAt) > lateSeconds,
  )
  return isLate ? 'late' : 'stored'
}

function faultOf(
  { quantity, value, at }: { quantity: Reading['quantity']; value: number; at: Date },
  { message, rules }: Around,
): Omit<Quarantined, 'deviceName'> | null {
  const { min, max, unit } = quantities[quantity]
  if (!isPossible(quantity, value))
    return { reason: 'impossible', detail: `${quantity} ${value} is not between ${min} and ${max} ${unit}` }
  const age = secondsBetween(at, message.arrivedAt)
  if (Number.isNaN(age)) return { reason: 'malformed', detail: 'it was measured at no time' }
  if (age < -futureSeconds)
    return { reason: 'future', detail: `measured ${Math.round(-age)} s after it arrived` }
  if (age > rules.lateDays * 86_400)
    return { reason: 'too-old', detail: `measured ${Math.round(age / 86_400)} days before it arrived` }
  return null
}

function clockAhead(readings: readonly Reading[], arrivedAt: Date): number | null {
  const newest = Math.max(
    ...readings.flatMap(({ at }) => (at === null || Number.isNaN(at.getTime()) ? [] : [at.getTime()])),
  )
  return Number.isFinite(newest) ? (newest - arrivedAt.getTime()) / 1000 : null
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000
}

function ended(outcome: Outcome): Judgement {
  return { outcome, receipt: null, readings: [], news: null, quarantined: [] }
}

/** A message that is not stored. */
export function refuse(one: Quarantined): Judgement {
  return { ...ended('quarantined'), quarantined: [one] }
}
