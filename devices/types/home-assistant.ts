import { z } from 'zod'
import { defineMessage } from '../device-type.ts'
import type { Announcement, DeviceType, Reading } from '../device-type.ts'
import type { Quantity } from '../quantity.ts'
import { reading } from '../device-type.ts'
import { isFilled, lenientNumber } from './lenient-number.ts'

/** Device classes of sensors and binary sensors that say something about a room. */
const byClass: Readonly<Record<string, Quantity>> = {
  temperature: 'temperature',
  humidity: 'humidity',
  carbon_dioxide: 'co2',
  illuminance: 'illuminance',
  battery: 'battery',
  occupancy: 'presence',
  presence: 'presence',
  motion: 'presence',
}

const config = z.looseObject({
  name: z.string().nullish(),
  state_topic: z.string().optional(),
  stat_t: z.string().optional(),
  device_class: z.string().nullish(),
  dev_cla: z.string().nullish(),
  value_template: z.string().optional(),
  val_tpl: z.string().optional(),
  '~': z.string().optional(),
})

/**
 * Where a value of an announced sensor is found; null: its template is more than a path, or it measures nothing about a room. `~` stands for
 * the base topic at either end of the state topic, as MQTT discovery has it.
 */
function announcementOf(given: z.output<typeof config>, channel: string): Announcement | null {
  const topic = given.state_topic ?? given.stat_t
  const quantity = byClass[given.device_class ?? given.dev_cla ?? '']
  const path = pathOf(given.value_template ?? given.val_tpl)
  if (topic === undefined || quantity === undefined || path === null) return null
  const base = given['~'] ?? ''
  return { stateTopic: topic.replace(/^~/, base).replace(/~$/, base), quantity, channel, path }
}

/** Keys of `{{ value_json.a.b }}` or `{{ value_json['a'] }}`, none for `{{ value }}`; null: something else. */
function pathOf(template: string | undefined): string[] | null {
  if (template === undefined) return []
  const inner = /^\{\{\s*(.+?)\s*\}\}$/
    .exec(template)?.[1]
    ?.replace(/\s*\|\s*(float|int|is_defined)(\(\d*\))?$/, '')
  if (inner === 'value') return []
  const keys = /^value_json((?:\.\w+|\['[^']+'\]|\["[^"]+"\])+)$/.exec(inner ?? '')?.[1]
  return keys
    ? [...keys.matchAll(/\.(\w+)|\['([^']+)'\]|\["([^"]+)"\]/g)].map(([, a, b, c]) => a ?? b ?? c!)
    : null
}

/** The value of an announced sensor in a message to its state topic; null: the message does not have it, or it is no number. */
export function readAnnounced(
  { quantity, channel, path }: Announcement,
  payload: Uint8Array,
): Reading | null {
  const text = new TextDecoder().decode(payload).trim()
  let value: unknown = text
  if (path.length > 0) {
    try {
      value = path.reduce<unknown>(
        (inside, key) =>
          typeof inside === 'object' && inside !== null
            ? (inside as Record<string, unknown>)[key]
            : undefined,
        JSON.parse(text),
      )
    } catch {
      return null
    }
  }
  if (quantity === 'presence') {
    const word = String(value).toLowerCase()
    if (['on', 'true', '1'].includes(word)) return reading(quantity, 1, { channel })
    return ['off', 'false', '0'].includes(word) ? reading(quantity, 0, { channel }) : null
  }
  const number = lenientNumber.safeParse(value)
  return number.success && isFilled(number.data) ? reading(quantity, number.data, { channel }) : null
}

const read = (given: z.output<typeof config>, { parts }: { parts: Readonly<Record<string, string>> }) => {
  const found = announcementOf(given, parts['object'] ?? '')
  return { announces: found ? [found] : [] }
}
const component = (name: 'sensor' | 'binary_sensor') => [
  defineMessage({
    topic: `homeassistant/${name}/{device}/{object}/config`,
    format: 'json',
    payload: config,
    read,
  }),
  defineMessage({ topic: `homeassistant/${name}/{device}/config`, format: 'json', payload: config, read }),
]

/** MQTT discovery of Home Assistant: a device says itself which of its topics carries what. */
export const homeAssistant = {
  id: 'home-assistant',
  messages: [...component('sensor'), ...component('binary_sensor')],
} satisfies DeviceType
