import { z } from 'zod'
import { defineMessage, reading } from '../device-type.ts'
import type { DeviceType } from '../device-type.ts'
import { isFilled, lenientNumber } from './lenient-number.ts'

const state = z.object({ state: z.enum(['online', 'offline']) })

/** Devices behind Zigbee2MQTT: JSON with the names of its `exposes`; numbers may come as text, absent ones as null. */
export const zigbee2mqtt = {
  id: 'zigbee2mqtt',
  messages: [
    defineMessage({
      topic: 'zigbee2mqtt/{device}',
      format: 'json',
      payload: z.looseObject({
        temperature: lenientNumber,
        humidity: lenientNumber,
        co2: lenientNumber,
        illuminance_lux: lenientNumber,
        battery: lenientNumber,
        occupancy: z.boolean().nullish(),
        presence: z.boolean().nullish(),
        /** Milliseconds since 1970 or ISO 8601, as the gateway is set; null: it was not seen yet. */
        last_seen: z.union([z.number().int(), z.iso.datetime({ offset: true })]).nullish(),
      }),
      read(payload) {
        const at = isFilled(payload.last_seen) ? new Date(payload.last_seen) : null
        const present = payload.presence ?? payload.occupancy
        const values = [
          ['temperature', payload.temperature],
          ['humidity', payload.humidity],
          ['co2', payload.co2],
          ['illuminance', payload.illuminance_lux],
          ['battery', payload.battery],
          ['presence', isFilled(present) ? Number(present) : null],
        ] as const
        return {
          readings: values.flatMap(([quantity, value]) =>
            isFilled(value) ? [reading(quantity, value, { at })] : [],
          ),
        }
      },
    }),
    defineMessage({
      topic: 'zigbee2mqtt/{device}/availability',
      format: 'json',
      payload: state,
      read: ({ state: word }) => ({ online: word === 'online' }),
    }),
  ],
} satisfies DeviceType
