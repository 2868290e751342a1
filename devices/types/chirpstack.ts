import { z } from 'zod'
import { defineMessage, reading } from '../device-type.ts'
import type { DeviceType, Reading } from '../device-type.ts'
import { MessageFault } from '../fault.ts'
import type { Quantity } from '../quantity.ts'
import { isFilled, lenientNumber } from './lenient-number.ts'
import { readMilesight } from './milesight.ts'

/** Names that codecs of people counters and room sensors give (Milesight VS and AM series, Elsys). */
const names: Readonly<Record<string, Quantity>> = {
  people_count_all: 'people',
  people_counter_all: 'people',
  total_counter_in: 'in-total',
  total_counter_out: 'out-total',
  total_in: 'in-total',
  total_out: 'out-total',
  periodic_counter_in: 'in-period',
  periodic_counter_out: 'out-period',
  period_in: 'in-period',
  period_out: 'out-period',
  temperature: 'temperature',
  humidity: 'humidity',
  co2: 'co2',
  battery: 'battery',
}

/** `line_2_total_in` is `total_in` of channel `line-2`. */
function readField(name: string, value: unknown, at: Date): Reading[] {
  const [, line, rest] = /^line_(\d)_(.+)$/.exec(name) ?? [null, null, name]
  const quantity = Object.hasOwn(names, rest) ? names[rest] : undefined
  const number = lenientNumber.safeParse(value)
  if (!quantity || !number.success || !isFilled(number.data)) return []
  return [reading(quantity, number.data, { at, channel: line ? `line-${line}` : '' })]
}

function readBytes(text: string, at: Date): Reading[] {
  const binary = base64.safeParse(text)
  if (!binary.success) throw new MessageFault('no-base64')
  return readMilesight(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))).map((one) => ({
    ...one,
    at: one.at ?? at,
  }))
}
const base64 = z.base64()

/** ChirpStack v4, JSON events: uplinks decoded by a codec of the server (`object`), or by ours where the bytes are Milesight's. */
export const chirpstack = {
  id: 'chirpstack',
  messages: [
    defineMessage({
      topic: 'application/{application}/device/{device}/event/up',
      format: 'json',
      payload: z.looseObject({
        time: z.iso.datetime({ offset: true }),
        fCnt: z.int().min(0).optional(),
        data: z.string().optional(),
        object: z.record(z.string(), z.unknown()).nullish(),
      }),
      read({ time, fCnt, data, object }) {
        const at = new Date(time)
        const decoded =
          object && Object.entries(object).flatMap(([name, value]) => readField(name, value, at))
        // ChirpStack leaves out a counter of 0, as protobuf does with every zero.
        return { readings: decoded ?? (data ? readBytes(data, at) : []), sequence: fCnt ?? 0 }
      },
    }),
    defineMessage({
      topic: 'application/{application}/device/{device}/event/status',
      format: 'json',
      payload: z.looseObject({
        time: z.iso.datetime({ offset: true }).optional(),
        batteryLevel: z.number().optional(),
        batteryLevelUnavailable: z.boolean().optional(),
        externalPowerSource: z.boolean().optional(),
      }),
      read({ time, batteryLevel, batteryLevelUnavailable, externalPowerSource }) {
        const at = time === undefined ? null : new Date(time)
        const known = batteryLevel !== undefined && !batteryLevelUnavailable && !externalPowerSource
        return { online: true, readings: known ? [reading('battery', batteryLevel, { at })] : [] }
      },
    }),
  ],
} satisfies DeviceType
