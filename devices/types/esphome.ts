import { z } from 'zod'
import { defineMessage, reading } from '../device-type.ts'
import type { DeviceType } from '../device-type.ts'
import type { Quantity } from '../quantity.ts'
import { availability } from './availability.ts'

/** What a sensor's id ends in, longest first. */
const byEnding: readonly [string, Quantity][] = [
  ['temperature', 'temperature'],
  ['illuminance', 'illuminance'],
  ['people_out', 'out-total'],
  ['people_in', 'in-total'],
  ['humidity', 'humidity'],
  ['battery', 'battery'],
  ['people', 'people'],
  ['co2', 'co2'],
]

/** ESPHome: one topic for each sensor, the payload is the number; `nan` until it has one. No time: the broker's arrival counts. */
export const esphome = {
  id: 'esphome',
  messages: [
    defineMessage({
      topic: 'esphome/{device}/sensor/{sensor}/state',
      format: 'text',
      payload: z
        .string()
        .trim()
        .regex(/^(nan|-?\d+(\.\d+)?)$/i, 'neither a number nor nan'),
      read(text, { parts }) {
        const name = parts['sensor'] ?? ''
        const found = byEnding.find(([ending]) => name === ending || name.endsWith(`_${ending}`))
        if (!found || text.toLowerCase() === 'nan') return {}
        const channel = name.slice(0, name.length - found[0].length).replace(/_$/, '')
        return { readings: [reading(found[1], Number(text), { channel })] }
      },
    }),
    availability('esphome/{device}/status'),
  ],
} satisfies DeviceType
