import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { deviceTypes, readAnnounced, readMessage } from './index.ts'
import type { Announcement } from './index.ts'
import { parseTemplate, takeSteps, valueAt } from './value-template.ts'

const recorded = z
  .array(
    z.object({
      topic: z.string(),
      payload: z.unknown(),
      device: z.string(),
      entries: z.array(z.unknown()),
      refused: z.array(z.string()),
      state: z
        .object({ payload: z.unknown(), expected: z.array(z.tuple([z.string(), z.number()])) })
        .optional(),
      source: z.string(),
    }),
  )
  .parse(JSON.parse(await readFile(new URL('fixtures/discovery.json', import.meta.url), 'utf8')))

const around = { arrivedAt: new Date('2026-09-01T05:00:00Z'), timeZone: 'Asia/Almaty' }
function read(topic: string, payload: string) {
  const message = readMessage(deviceTypes, topic, Buffer.from(payload), around)
  if ('fault' in message) throw new Error(`${message.fault}: ${message.why.detail}`)
  return message
}
const announce = (config: unknown, topic = 'homeassistant/sensor/r301/temp/config') =>
  read(topic, JSON.stringify(config)).announces
const bytes = (payload: unknown) =>
  Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))

describe('recorded announcements', () => {
  test.each(recorded.map((one) => ({ ...one, name: `${one.topic} (${one.source})` })))(
    '$name',
    ({ topic, payload, device, entries, refused, state }) => {
      const message = read(topic, JSON.stringify(payload))
      expect(message).toMatchObject({ type: 'home-assistant', device, readings: [] })
      expect(message.announces?.entries).toEqual(entries)
      expect(message.announces?.refused.map(({ detail }) => detail)).toEqual(refused)
      if (!state) return
      const found = message
        .announces!.entries.filter(({ says }) => says !== 'availability')
        .flatMap((one) => {
          const said = readAnnounced(one, bytes(state.payload))
          return 'reading' in said && said.reading ? [[said.reading.quantity, said.reading.value]] : []
        })
      expect(found).toEqual(state.expected)
    },
  )

  test('in degrees Fahrenheit are read in degrees Celsius', () => {
    const [fahrenheit] = read(recorded[4]!.topic, JSON.stringify(recorded[4]!.payload)).announces!.entries
    const said = readAnnounced(fahrenheit!, bytes({ time: 1704239218495, value: 68.9 }))
    expect('reading' in said && said.reading?.value).toBeCloseTo(20.5, 9)
  })
})

describe('an announcement', () => {
  test('may use short names and a base topic at either end', () => {
    const config = {
      '~': 'homeassistant/sensor/r301',
      stat_t: '~/state',
      dev_cla: 'carbon_dioxide',
      unit_of_meas: 'ppm',
      val_tpl: '{{ value_json.co2 | float | round(0) }}',
      avty: { t: 'status/~', pl_avail: 'yes', pl_not_avail: 'no' },
    }
    expect(announce(config)?.entries).toEqual([
      {
        says: 'reading',
        topic: 'homeassistant/sensor/r301/state',
        template: { path: ['co2'], steps: [{ filter: 'float' }, { filter: 'round', digits: 0 }] },
        quantity: 'co2',
        channel: 'temp',
        unit: { factor: 1, offset: 0 },
      },
      {
        says: 'availability',
        topic: 'status/homeassistant/sensor/r301',
        template: { path: null, steps: [] },
        on: 'yes',
        off: 'no',
      },
    ])
  })

  test('of a whole device holds what stands above its parts for each of them', () => {
    const found = announce(
      {
        dev: { ids: 'air' },
        o: { name: 'after the documentation of the format' },
        state_topic: 'air/state',
        availability_topic: 'air/status',
        cmps: {
          warm: { p: 'sensor', device_class: 'temperature', value_template: '{{ value_json.t }}' },
          there: { p: 'binary_sensor', dev_cla: 'occupancy', stat_t: 'air/there' },
          lamp: { p: 'light', command_topic: 'air/set' },
        },
      },
      'homeassistant/device/air/config',
    )
    const short = found?.entries.map((one) => [one.says, one.topic, 'channel' in one ? one.channel : null])
    expect(short).toEqual([
      ['reading', 'air/state', 'warm'],
      ['availability', 'air/status', null],
      ['presence', 'air/there', 'there'],
    ])
  })

  test('of people is known by its unit, and what goes through a door by its name', () => {
    const quantityOf = (object: string) =>
      announce(
        { state_topic: 'door/x', unit_of_measurement: 'people' },
        `homeassistant/sensor/door/${object}/config`,
      )?.entries.map((one) => ('quantity' in one ? [one.quantity, one.channel] : []))
    expect(quantityOf('counter')).toEqual([['people', 'counter']])
    expect(quantityOf('main_people_in')).toEqual([['in-total', 'main']])
    expect(quantityOf('main_people_out')).toEqual([['out-total', 'main']])
  })

  test('is taken back by an empty message', () => {
    expect(read('homeassistant/sensor/r301/temp/config', '').announces).toEqual({ entries: [], refused: [] })
  })

  test.each([
    ['a template that computes', { value_template: '{{ value_json.t * 2 }}' }, 'template'],
    ['a template with a condition', { value_template: "{{ 1 if value_json.t == 'a' else 0 }}" }, 'template'],
    ['a template that calls', { value_template: '{{ states("sensor.x") }}' }, 'template'],
    ['a unit nobody knows', { unit_of_measurement: '°Ré' }, '°Ré'],
    ['many topics', { state_topic: 'a/#' }, 'not one topic'],
    ['a topic of the broker', { state_topic: '$SYS/broker/load' }, 'no topic of a device'],
    ['a level without a name', { state_topic: 'a//b' }, 'no topic of a device'],
    [
      'being there by a condition',
      { availability: [{ topic: 's', value_template: "{{'a' if value_json.v}}" }] },
      'availability',
    ],
  ])('with %s is refused with the reason', (_, change, part) => {
    const found = announce({ state_topic: 'a/b', device_class: 'temperature', ...change })
    expect(found?.refused).toHaveLength(1)
    expect(found?.refused[0]?.detail).toContain(part)
  })

  test('of what measures nothing about a room is passed over', () => {
    for (const config of [
      { state_topic: 'a', device_class: 'signal_strength' },
      { device_class: 'temperature' },
      {},
    ])
      expect(announce(config)).toEqual({ entries: [], refused: [] })
    const lowBattery = { state_topic: 'a', device_class: 'battery' }
    expect(announce(lowBattery, 'homeassistant/binary_sensor/r301/low/config')?.entries).toEqual([])
  })
})

describe('a template', () => {
  const value = (template: string, payload: unknown) => {
    const parsed = parseTemplate(template)
    return parsed && valueAt(parsed, bytes(payload).toString())
  }
  test.each([
    ['{{ value }}', '21', '21'],
    ['{{value_json.a.b}}', { a: { b: 1 } }, 1],
    [`{{ value_json['SI7021']["Temp x"] }}`, { SI7021: { 'Temp x': 2 } }, 2],
    ['{{ value_json.list[1] | float(0) }}', { list: [1, 2] }, 2],
    ['{{ value_json | int }}', '3', 3],
    ['{{ value_json.a | default(0) }}', {}, undefined],
    ['{{ value_json.constructor }}', {}, undefined],
    ['{{ value_json.a.length }}', { a: 'text' }, undefined],
  ])('%s finds a value', (template, payload, expected) => {
    expect(value(template, payload)).toEqual(expected)
  })

  test.each([
    '{{ value_json.a + 1 }}',
    '{% if value %}1{% endif %}',
    'value',
    '{{ value.a }}',
    '{{ value | abs }}',
    '{{ value_json.a | round(1, "floor") }}',
    '{{ value_json[a] }}',
    `{{ value_json.a | float(value_json.b) }}`,
  ])('%s is not understood', (template) => {
    expect(parseTemplate(template)).toBeNull()
  })

  test('rounds and cuts off as Python does', () => {
    const steps = (template: string, number: number) => takeSteps(parseTemplate(template)!, number)
    expect([0.5, 1.5, 2.5, -0.5].map((one) => steps('{{ value | round }}', one))).toEqual([0, 2, 2, -0])
    expect(steps('{{ value | float | round(1) }}', 21.26)).toBe(21.3)
    expect([21.9, -21.9].map((one) => steps('{{ value | int }}', one))).toEqual([21, -21])
  })

  test('takes no time, whatever it is', () => {
    const tricky = fc.array(
      fc.constantFrom('{{', ' ', 'value_json', '.a', "['a", '|', ' float', '(', ')', '}}'),
      {
        maxLength: 300,
      },
    )
    fc.assert(
      fc.property(tricky, (parts) => {
        const begun = performance.now()
        parseTemplate(parts.join(''))
        expect(performance.now() - begun).toBeLessThan(200)
      }),
    )
  })
})

describe('a message at an announced topic', () => {
  const entryOf = (config: Record<string, unknown>, topic?: string): Announcement =>
    announce({ state_topic: 'a/b', ...config }, topic)!.entries[0]!
  const warm = entryOf({ device_class: 'temperature', value_template: '{{ value_json.t }}' })
  test.each(['{"t":null}', '{}', '{"t":"unavailable"}', '{"t":"nan"}', '{"t":""}'])(
    'says nothing with %s',
    (payload) => {
      expect(readAnnounced(warm, bytes(payload))).toEqual({ reading: null, online: null })
    },
  )
  test.each(['{', '{"t":"warm"}', '{"t":{}}', '{"t":true}'])('has a fault with %s', (payload) => {
    expect(readAnnounced(warm, bytes(payload))).toHaveProperty('fault')
  })
  test('says by the announced words whether somebody is there', () => {
    const topic = 'homeassistant/binary_sensor/r301/x/config'
    const there = entryOf({ device_class: 'occupancy', payload_on: 'busy', payload_off: 'free' }, topic)
    const value = (payload: string) => readAnnounced(there, bytes(payload))
    expect(value('busy')).toMatchObject({ reading: { quantity: 'presence', value: 1 } })
    expect(value('free')).toMatchObject({ reading: { value: 0 } })
    expect(value('unknown')).toEqual({ reading: null, online: null })
    expect(value('ON')).toHaveProperty('fault')
  })
  test('never makes reading throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (payload) => {
        expect(readAnnounced(warm, payload)).toBeTypeOf('object')
      }),
    )
  })
})
