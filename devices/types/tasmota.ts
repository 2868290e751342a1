import { z } from 'zod'
import { defineMessage, reading } from '../device-type.ts'
import type { DeviceType, Reading } from '../device-type.ts'
import { momentOf } from '../local-time.ts'
import type { Quantity } from '../quantity.ts'
import { availability } from './availability.ts'
import { isFilled, lenientNumber } from './lenient-number.ts'

const sensor = z.looseObject({
  Temperature: lenientNumber,
  Humidity: lenientNumber,
  CarbonDioxide: lenientNumber,
  Illuminance: lenientNumber,
  People: lenientNumber,
})
const fields: readonly [keyof z.output<typeof sensor>, Quantity][] = [
  ['Temperature', 'temperature'],
  ['Humidity', 'humidity'],
  ['CarbonDioxide', 'co2'],
  ['Illuminance', 'illuminance'],
  ['People', 'people'],
]

const celsius = (fahrenheit: number) => ((fahrenheit - 32) * 5) / 9

/** The readings of one sensor of the device; its name is the channel. */
function readSensor(
  name: string,
  value: unknown,
  about: { at: Date | null; fahrenheit: boolean },
): Reading[] {
  const parsed = sensor.safeParse(value)
  if (!parsed.success) return []
  return fields.flatMap(([field, quantity]) => {
    const given = parsed.data[field] as number | null | undefined
    if (!isFilled(given)) return []
    const number = quantity === 'temperature' && about.fahrenheit ? celsius(given) : given
    return [reading(quantity, number, { channel: name, at: about.at })]
  })
}

/** Two counter inputs: the first counts those who come in, the second those who leave. */
const counters: readonly [string, Quantity][] = [
  ['C1', 'in-total'],
  ['Counter1', 'in-total'],
  ['C2', 'out-total'],
  ['Counter2', 'out-total'],
]

/** Tasmota: an object for each sensor, time on the local clock without its zone (before 2000: it was never set). */
export const tasmota = {
  id: 'tasmota',
  messages: [
    defineMessage({
      topic: 'tele/{device}/SENSOR',
      format: 'json',
      payload: z.looseObject({ Time: z.string(), TempUnit: z.enum(['C', 'F']).optional() }),
      read({ Time, TempUnit, ...sensors }, { timeZone }) {
        const at = momentOf(Time, timeZone)
        const about = { at, fahrenheit: TempUnit === 'F' }
        const inputs = { ...sensors, ...(sensors['COUNTER'] as object | undefined) } as Record<
          string,
          unknown
        >
        const counted = counters.flatMap(([name, quantity]) => {
          const value = inputs[name]
          return typeof value === 'number' ? [reading(quantity, value, { at })] : []
        })
        return {
          readings: [
            ...Object.entries(sensors).flatMap(([name, value]) => readSensor(name, value, about)),
            ...counted,
          ],
        }
      },
    }),
    availability('tele/{device}/LWT'),
  ],
} satisfies DeviceType
