import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviceTypes, momentOf, readMessage, subscriptionOf } from './index.ts'

const around = { arrivedAt: new Date('2026-09-01T05:00:00Z'), timeZone: 'Asia/Almaty' }
const read = (topic: string, payload: string | Uint8Array) =>
  readMessage(deviceTypes, topic, typeof payload === 'string' ? Buffer.from(payload) : payload, around)

describe("Ustaz's own form", () => {
  test('gives readings with the time and the number of the device', () => {
    const payload = {
      time: '2026-09-01T10:00:00+05:00',
      seq: 17,
      fw: '1.2.0',
      readings: { people: 23, co2: 640 },
    }
    expect(read('ustaz/r301/readings', JSON.stringify(payload))).toEqual({
      type: 'ustaz',
      device: 'r301',
      sequence: 17,
      online: null,
      firmware: '1.2.0',
      receiptTopic: null,
      announces: null,
      readings: [
        { quantity: 'people', value: 23, channel: '', at: new Date('2026-09-01T05:00:00Z') },
        { quantity: 'co2', value: 640, channel: '', at: new Date('2026-09-01T05:00:00Z') },
      ],
    })
  })

  test('says by its last will that it is gone', () => {
    expect(read('ustaz/r301/status', 'offline')).toMatchObject({ online: false, readings: [] })
  })

  test.each([
    ['a time without offset', '{"time":"2026-09-01T10:00:00","readings":{}}', 'time'],
    ['a quantity nobody knows', '{"readings":{"radon":1}}', 'radon'],
    ['text for a number', '{"readings":{"people":"23"}}', 'readings.people'],
    ['no JSON', '{"readings":', 'JSON'],
    ['no UTF-8', new Uint8Array([0xff, 0xfe]), 'encoded'],
    ['an endless payload', ' '.repeat(70_000), 'too many'],
  ])('is malformed with %s', (_, payload, part) => {
    const message = read('ustaz/r301/readings', payload)
    expect(message).toMatchObject({ fault: 'malformed', device: 'r301' })
    expect('why' in message && message.why.detail).toContain(part)
  })
})

describe('topics', () => {
  test('that no type knows are said to be so', () => {
    for (const topic of [
      'ustaz/r301',
      'ustaz//readings',
      'ustaz/r301/readings/more',
      'other/r301/readings',
      '',
    ])
      expect(read(topic, '{}')).toMatchObject({ fault: 'unknown-topic' })
  })
  test('become subscriptions', () => {
    expect(subscriptionOf({ topic: 'application/{application}/device/{device}/event/up' })).toBe(
      'application/+/device/+/event/up',
    )
  })
})

test('ESPHome gives a number for each sensor, and nan until it has one', () => {
  expect(read('esphome/room-301/sensor/room_co2/state', '612.00')).toMatchObject({
    device: 'room-301',
    readings: [{ quantity: 'co2', value: 612, channel: 'room', at: null }],
  })
  expect(read('esphome/room-301/sensor/people_in/state', '41')).toMatchObject({
    readings: [{ quantity: 'in-total', value: 41 }],
  })
  expect(read('esphome/room-301/sensor/co2/state', 'nan')).toMatchObject({ readings: [] })
  expect(read('esphome/room-301/sensor/wifi_signal/state', '-61')).toMatchObject({ readings: [] })
  expect(read('esphome/room-301/sensor/co2/state', '6e2')).toMatchObject({ fault: 'malformed' })
})

test('a codec of ChirpStack counts people by line', () => {
  const object = {
    line_1_total_in: 7,
    line_1_total_out: 5,
    people_count_all: 2,
    battery: 90,
    firmware_version: 'v1',
  }
  const payload = { time: '2026-09-01T05:00:00.5Z', fCnt: 3, object, data: 'AAAA' }
  const message = read('application/1/device/24e124/event/up', JSON.stringify(payload))
  expect(
    'readings' in message &&
      message.readings.map(({ quantity, value, channel }) => [quantity, value, channel]),
  ).toEqual([
    ['in-total', 7, 'line-1'],
    ['out-total', 5, 'line-1'],
    ['people', 2, ''],
    ['battery', 90, ''],
  ])
})

test.each([
  ['a channel nobody knows', 'qg=='],
  ['a value that is cut off', 'A2c='],
  ['a channel that is cut off', 'BQ=='],
  ['a history that is cut off', 'IM4A'],
  ['text that is no base64', '???'],
])('an uplink with %s is malformed', (_, data) => {
  const payload = JSON.stringify({ time: '2026-09-01T05:00:00Z', data })
  expect(read('application/1/device/24e124/event/up', payload)).toMatchObject({ fault: 'malformed' })
})

test('local clocks of Almaty were six hours ahead until 1 March 2024, five since', () => {
  expect(momentOf('2024-02-29T12:00:00', 'Asia/Almaty')).toEqual(new Date('2024-02-29T06:00:00Z'))
  expect(momentOf('2024-03-01T12:00:00', 'Asia/Almaty')).toEqual(new Date('2024-03-01T07:00:00Z'))
  // 23:30 was shown twice that night: the earlier of the two.
  expect(momentOf('2024-02-29T23:30:00', 'Asia/Almaty')).toEqual(new Date('2024-02-29T17:30:00Z'))
  // Spring in Berlin: 02:30 was never shown.
  expect(momentOf('2026-03-29T02:30:00', 'Europe/Berlin')).toEqual(new Date('2026-03-29T01:30:00Z'))
  expect(momentOf('1970-01-01T00:18:15', 'Asia/Almaty')).toBeNull()
})

test('no payload whatever makes reading throw', () => {
  const topics = deviceTypes.flatMap(({ messages }) =>
    messages.map(({ topic }) => topic.replaceAll(/\{[^}]+\}/g, 'x')),
  )
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
    fc.string().map((text) => Buffer.from(text)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...topics), payload, (topic, bytes) => {
      const message = read(topic, bytes)
      expect('fault' in message || Array.isArray(message.readings)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
