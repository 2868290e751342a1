import { z } from 'zod'
import { defineMessage, reading } from '../device-type.ts'
import type { DeviceType } from '../device-type.ts'
import { availability } from './availability.ts'
import { readSensorName } from './sensor-name.ts'

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
        const sensor = readSensorName(parts['sensor'] ?? '')
        if (!sensor || text.toLowerCase() === 'nan') return {}
        return { readings: [reading(sensor.quantity, Number(text), { channel: sensor.channel })] }
      },
    }),
    availability('esphome/{device}/status'),
  ],
} satisfies DeviceType
