import { z } from 'zod'
import { defineMessage } from '../device-type.ts'
import type { Announcement, Announcements, DeviceType, MessageForm } from '../device-type.ts'
import { faultOf } from '../fault.ts'
import { parseTemplate, wholePayload } from '../value-template.ts'
import { announcementOf, topicFault } from './home-assistant-entity.ts'
import type { Entity } from './home-assistant-entity.ts'

/** Short names that discovery allows, as far as they are used here. */
const longNames: Readonly<Record<string, string>> = {
  avty: 'availability',
  avty_t: 'availability_topic',
  avty_tpl: 'availability_template',
  cmps: 'components',
  dev_cla: 'device_class',
  p: 'platform',
  pl_avail: 'payload_available',
  pl_not_avail: 'payload_not_available',
  pl_off: 'payload_off',
  pl_on: 'payload_on',
  stat_t: 'state_topic',
  t: 'topic',
  unit_of_meas: 'unit_of_measurement',
  val_tpl: 'value_template',
}

function inLongNames(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [longNames[name] ?? name, value]))
}

const word = z.union([z.string(), z.boolean(), z.number()]).transform(String)
const availability = z.preprocess(
  inLongNames,
  z.object({
    topic: z.string(),
    value_template: z.string().nullish(),
    payload_available: word.default('online'),
    payload_not_available: word.default('offline'),
  }),
)
const fields = z.object({
  '~': z.string().optional(),
  platform: z.string().optional(),
  state_topic: z.string().nullish(),
  device_class: z.string().nullish(),
  unit_of_measurement: z.string().nullish(),
  value_template: z.string().nullish(),
  payload_on: word.default('ON'),
  payload_off: word.default('OFF'),
  availability_topic: z.string().nullish(),
  availability_template: z.string().nullish(),
  payload_available: word.default('online'),
  payload_not_available: word.default('offline'),
  availability: z.union([z.array(availability), availability.transform((one) => [one])]).nullish(),
})
const entity = z.preprocess(inLongNames, fields)
const bundle = z.preprocess(
  inLongNames,
  z.looseObject({ components: z.record(z.string(), z.unknown()).default({}) }),
)
/** What one message may announce. */
const mostComponents = 50

type Fields = z.output<typeof fields>

/** `~` stands for the base topic at either end of a topic. */
const withBase = (topic: string, base: string) => topic.replace(/^~/, base).replace(/~$/, base)

function entityOf(given: Fields, platform: string, name: string): Entity {
  const base = given['~'] ?? ''
  return {
    platform,
    name,
    topic: isGiven(given.state_topic) ? withBase(given.state_topic, base) : null,
    deviceClass: given.device_class ?? '',
    unit: given.unit_of_measurement ?? '',
    template: given.value_template ?? null,
    on: given.payload_on,
    off: given.payload_off,
  }
}

function isGiven(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== ''
}

/** Where the device's being there is published. Of several topics the last message counts (mode latest). */
function availabilityOf(given: Fields): Announcements {
  const { availability_topic: topic, availability_template: template } = given
  const single = isGiven(topic)
    ? [
        {
          topic,
          value_template: template,
          payload_available: given.payload_available,
          payload_not_available: given.payload_not_available,
        },
      ]
    : []
  const found: Announcements = { entries: [], refused: [] }
  for (const one of [...single, ...(given.availability ?? [])]) {
    const place = withBase(one.topic, given['~'] ?? '')
    const parsed = isGiven(one.value_template) ? parseTemplate(one.value_template) : wholePayload
    const fault = topicFault(place)
    if (fault !== null) found.refused.push(fault)
    else if (parsed === null)
      found.refused.push(faultOf('availability-unknown', { template: one.value_template ?? '' }))
    else {
      const [on, off] = [one.payload_available, one.payload_not_available]
      found.entries.push({ says: 'availability', topic: place, template: parsed, on, off })
    }
  }
  return found
}

/** What entities of one message announce; what measures nothing about a room announces nothing, not even whether it is there. */
function collect(entities: readonly { given: Fields; platform: string; name: string }[]): Announcements {
  const all: Announcements = { entries: [], refused: [] }
  const add = (one: Announcement) => {
    if (!all.entries.some((known) => JSON.stringify(known) === JSON.stringify(one))) all.entries.push(one)
  }
  for (const { given, platform, name } of entities) {
    const found = announcementOf(entityOf(given, platform, name))
    if (found === null) continue
    if ('code' in found) {
      all.refused.push(found)
      continue
    }
    add(found)
    const availabilities = availabilityOf(given)
    availabilities.entries.forEach(add)
    all.refused.push(...availabilities.refused)
  }
  return { entries: all.entries, refused: [...new Map(all.refused.map((one) => [one.detail, one])).values()] }
}

const nothing: Announcements = { entries: [], refused: [] }

function single(platform: 'sensor' | 'binary_sensor'): MessageForm[] {
  return [`${platform}/{device}/{object}`, `${platform}/{device}`].map((place) =>
    defineMessage({
      topic: `homeassistant/${place}/config`,
      format: 'json-or-empty',
      forAll: true,
      payload: entity.nullable(),
      read: (given, { parts }) => ({
        announces: given ? collect([{ given, platform, name: parts['object'] ?? '' }]) : nothing,
      }),
    }),
  )
}

/** All entities of a device in one message; what stands above them holds for each. */
const whole = defineMessage({
  topic: 'homeassistant/device/{device}/config',
  format: 'json-or-empty',
  forAll: true,
  payload: bundle.nullable(),
  read(given) {
    if (!given) return { announces: nothing }
    const { components, ...shared } = given
    const entities = Object.entries(components)
      .slice(0, mostComponents)
      .flatMap(([name, component]) => {
        const parsed = entity.safeParse({ ...shared, ...(inLongNames(component) as object) })
        return parsed.success ? [{ given: parsed.data, platform: parsed.data.platform ?? '', name }] : []
      })
    return { announces: collect(entities) }
  },
})

/**
 * MQTT discovery of Home Assistant: a device says itself which of its topics carries what. An empty message takes back what was announced at its
 * topic.
 */
export const homeAssistant = {
  id: 'home-assistant',
  owns: ['sensor', 'binary_sensor', 'device'].map((platform) => `homeassistant/${platform}/{device}/#`),
  messages: [...single('sensor'), ...single('binary_sensor'), whole],
} satisfies DeviceType
