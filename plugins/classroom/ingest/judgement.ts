import type { Announcement, Reading } from '@ustaz/devices'
import type { QuarantineReason } from '../tables.ts'
import type { ArrivedMessage } from './message.ts'

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

/** What the message says of the device itself; what is null it says nothing of. */
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

/** Why something is not stored: for words in the reader's language, and in English. */
export interface RefusedFault {
  /** One of `faults` in messages/. */
  code: string
  params: Readonly<Record<string, string | number>>
  detail: string
}

export interface Quarantined {
  reason: QuarantineReason
  deviceName: string | null
  why: RefusedFault
}

/** Every message comes to one of these ends; each is counted. */
export type Outcome = 'stored' | 'late' | 'status' | 'retained' | 'quarantined'

export interface Judgement {
  outcome: Outcome
  /** Where the device is told that this number is stored; null: it did not ask. */
  receipt: { topic: string; sequence: number } | null
  readings: StoredReading[]
  news: readonly DeviceNews[]
  quarantined: Quarantined[]
  /** What the device announces at the message's topic from now on; null: nothing, what it announced there holds. */
  announces: { deviceName: string; entries: readonly Announcement[] } | null
}

export interface JudgedMessage {
  message: Pick<ArrivedMessage, 'topic' | 'payload' | 'arrivedAt' | 'again' | 'id' | 'from'>
  judgement: Judgement
}
