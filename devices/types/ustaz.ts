import { z } from 'zod'
import { defineMessage } from '../device-type.ts'
import type { DeviceType, Reading } from '../device-type.ts'
import { quantityNames } from '../quantity.ts'
import { availability } from './availability.ts'

/**
 * Ustaz's own form: `{"time":"2026-09-01T05:00:00Z","seq":17,"fw":"1.2.0","readings":{"people":23,"temperature":21.4}}`.
 * `time` is the device's (ISO 8601 with offset; left out by a device without clock), `seq` grows by one with each message. With
 * `"receipt":true` the device is told the number at `ustaz/{device}/stored`, as `[17]`, when the message is stored: a device that keeps it and
 * sends it again until then loses nothing, whatever the broker forgets (outbox.ts).
 */
const receipts = 'ustaz/{device}/stored'
export const ustaz = {
  id: 'ustaz',
  receipts,
  messages: [
    defineMessage({
      topic: 'ustaz/{device}/readings',
      format: 'json',
      payload: z.object({
        time: z.iso.datetime({ offset: true }).optional(),
        seq: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
        fw: z.string().max(40).optional(),
        readings: z.partialRecord(z.enum(quantityNames), z.number()),
        /** Which of several like sensors: a door, a line of a counter. */
        channel: z.string().max(40).default(''),
        receipt: z.boolean().default(false),
      }),
      read({ time, seq, fw, readings, channel, receipt }, { parts }) {
        const at = time === undefined ? null : new Date(time)
        const given: Reading[] = []
        for (const quantity of quantityNames) {
          const value = readings[quantity]
          if (value !== undefined) given.push({ quantity, value, channel, at })
        }
        return {
          readings: given,
          sequence: seq ?? null,
          firmware: fw ?? null,
          receiptTopic: receipt ? receipts.replace('{device}', parts['device'] ?? '') : null,
        }
      },
    }),
    availability('ustaz/{device}/status'),
  ],
} satisfies DeviceType
