import type { z } from 'zod'
import type { Fault } from './fault.ts'
import type { Quantity } from './quantity.ts'
import type { ValueTemplate } from './value-template.ts'

/** One measured value, in the unit of its quantity. It may be impossible: who stores it looks. */
export interface Reading {
  quantity: Quantity
  value: number
  /** Which of several like sensors of the device (a line of a counter, the name of a sensor); empty: it has one. */
  channel: string
  /** By the clock of the device; null: it did not say. */
  at: Date | null
}

/** What messages at another topic say of the device that announces it (Home Assistant discovery). Holds JSON: it is kept as it is. */
export type Announcement = {
  /** One topic, without + and #. */
  topic: string
  template: ValueTemplate
} & (
  | {
      says: 'reading'
      quantity: Quantity
      channel: string
      /** The value in the unit of the quantity is `factor` times the number there, and `offset` more. */
      unit: { factor: number; offset: number }
    }
  | { says: 'presence'; channel: string; on: string; off: string }
  | { says: 'availability'; on: string; off: string }
)

/** Everything a device announces at one topic; what it had announced there before holds no more. */
export interface Announcements {
  entries: Announcement[]
  /** What of it cannot be used, with the reason. */
  refused: Fault[]
}

/** What one message says. */
export interface Decoded {
  readings: Reading[]
  /** The device's own number of the message, for telling twins from copies and for noticing gaps; null: it has none. */
  sequence: number | null
  /** What the device (or the broker, by its last will) says of its connection; null: nothing. */
  online: boolean | null
  firmware: string | null
  /** Where the device wants to hear that the message of this number is stored; null: nowhere. */
  receiptTopic: string | null
  /** Null: the message announces nothing. */
  announces: Announcements | null
}

/** What reading a message needs besides its payload. */
export interface Surroundings {
  /** Parts of the topic by the names in braces. */
  parts: Readonly<Record<string, string>>
  /** When the message arrived: what relative times start from. */
  arrivedAt: Date
  /** IANA name of the zone of devices whose clock shows local time without saying which. */
  timeZone: string
}

/** One kind of message: where it is published, how its payload looks, what it says. */
export interface MessageForm<Schema extends z.ZodType = z.ZodType> {
  /** MQTT topic; a part in braces stands for any one level, `{device}` among them is the device's name. */
  topic: string
  /** json: the payload is parsed before `payload` checks it, json-or-empty: where it is empty, it is null; text: `payload` gets the text. */
  format: 'json' | 'json-or-empty' | 'text'
  payload: Schema
  /** The broker keeps the message for whoever comes later, and everybody who receives must have seen it; absent: one of them receives it. */
  forAll?: true
  /** Throws `MessageFault` where the payload has the right form and no meaning. */
  read(payload: z.output<Schema>, surroundings: Surroundings): Partial<Decoded>
}

export interface DeviceType {
  /** Permanent. */
  id: string
  messages: readonly MessageForm[]
  /** Topic at which a device hears what of its messages is stored, as in `MessageForm`; absent: it cannot be told. */
  receipts?: string
  /** Topics, with # at the end, that it may announce and publish at besides; absent: none. */
  owns?: readonly string[]
}

/** Keeps the type of the schema for `read`. */
export function defineMessage<Schema extends z.ZodType>(form: MessageForm<Schema>): MessageForm {
  return form
}

export function reading(
  quantity: Quantity,
  value: number,
  { channel = '', at = null }: { channel?: string; at?: Date | null } = {},
): Reading {
  return { quantity, value, channel, at }
}
