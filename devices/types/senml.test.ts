import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deviceTypes, readMessage } from '../index.ts'
import { resolveSenml } from './senml.ts'

const now = new Date('2026-09-01T05:00:00Z')
const around = { arrivedAt: now, timeZone: 'Asia/Almaty' }
const read = (pack: unknown) =>
  readMessage(deviceTypes, 'senml/node', Buffer.from(JSON.stringify(pack)), around)
const faultOf = (pack: unknown) => {
  const message = read(pack)
  return 'fault' in message ? message.why.detail : null
}

test('RFC 8428, section 5.1.1: a single measurement', () => {
  expect(resolveSenml([{ n: 'urn:dev:ow:10e2073a01080063', u: 'Cel', v: 23.1 }], now)).toEqual([
    { name: 'urn:dev:ow:10e2073a01080063', unit: 'Cel', at: now, value: 23.1, sum: null },
  ])
})

test('RFC 8428, section 5.1.2: base name, base time, base unit, times before the base time', () => {
  const pack = [
    {
      bn: 'urn:dev:ow:10e2073a0108006:',
      bt: 1.276020076001e9,
      bu: 'A',
      bver: 5,
      n: 'voltage',
      u: 'V',
      v: 120.1,
    },
    { n: 'current', t: -5, v: 1.2 },
    { n: 'current', t: -4, v: 1.3 },
    { n: 'current', v: 1.7 },
  ]
  const resolved = resolveSenml(pack, now)
  expect(resolved.map(({ name, unit, value }) => [name.split(':').at(-1), unit, value])).toEqual([
    ['voltage', 'V', 120.1],
    ['current', 'A', 1.2],
    ['current', 'A', 1.3],
    ['current', 'A', 1.7],
  ])
  expect(resolved.map(({ at }) => at.getTime())).toEqual([
    1276020076001, 1276020071001, 1276020072001, 1276020076001,
  ])
})

test('RFC 8428, section 5.1.3: times relative to now where there is no base time, and humidity in %RH', () => {
  const pack = [
    { bn: 'urn:dev:ow:10e2073a01080063', bt: 1.320067464e9, bu: '%RH', v: 20 },
    { u: 'lon', v: 24.30621 },
    { u: 'lat', v: 60.07965 },
    { t: 60, v: 20.3 },
  ]
  const message = read(pack)
  expect(
    'readings' in message &&
      message.readings.map(({ quantity, value, at }) => [quantity, value, at?.getTime()]),
  ).toEqual([
    ['humidity', 20, 1320067464000],
    ['humidity', 20.3, 1320067524000],
  ])
  expect(resolveSenml([{ n: 'a', v: 1, t: -60 }], now)[0]?.at).toEqual(new Date('2026-09-01T04:59:00Z'))
})

test('base values are added, and hold until another is given', () => {
  const pack = [
    { bn: 'room:', bv: 20, bs: 100, n: 'temperature', u: 'Cel', v: 1.5 },
    { n: 'in', s: 7 },
    { bv: 0, n: 'people', v: 3 },
  ]
  expect(resolveSenml(pack, now).map(({ value, sum }) => [value, sum])).toEqual([
    [21.5, 100],
    [null, 107],
    [3, 100],
  ])
})

test('a sum is what a counter has counted, kelvin are made degrees, and a boolean is presence', () => {
  const message = read([
    { bn: 'urn:dev:mac:0024befffe804ff1:door/', n: 'in', u: 'count', s: 412 },
    { n: 'out', u: 'count', v: 398 },
    { n: 'temperature', u: 'K', v: 293.15 },
    { n: 'presence', vb: true },
    { n: 'note', vs: 'text says nothing about a room' },
  ])
  expect('readings' in message && message.readings.map(({ quantity, value }) => [quantity, value])).toEqual([
    ['in-total', 412],
    ['out-total', 398],
    ['temperature', 20],
    ['presence', 1],
  ])
})

test.each([
  ['an unknown label that must be understood', [{ n: 'a', v: 1, x_: 1 }], 'must be understood'],
  ['a newer version', [{ bver: 11, n: 'a', v: 1 }], 'version 11'],
  [
    'two versions in one pack',
    [
      { bver: 5, n: 'a', v: 1 },
      { bver: 10, n: 'b', v: 1 },
    ],
    'different versions',
  ],
  ['two values in one record', [{ n: 'a', v: 1, vb: true }], 'more than one value'],
  ['a name without a value', [{ n: 'a', u: 'Cel' }], 'no value'],
  ['a name that begins with a sign', [{ n: '-a', v: 1 }], 'no name'],
  ['no name at all', [{ v: 1 }], 'no name'],
  ['a time beyond all calendars', [{ n: 'a', v: 1, t: 1e300 }], 'no time'],
])('refuses %s', (_, pack, part) => {
  expect(faultOf(pack)).toContain(part)
})

test('splitting a pack at base values never changes what it says', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(value, fc.array(value, { minLength: 1, maxLength: 20 }), (base, values) => {
      const relative = values.map((v, t) => ({
        n: 'a',
        v,
        t,
        ...(t === 0 ? { bn: 'x:', bv: base, bt: 1.7e9 } : {}),
      }))
      const absolute = values.map((v, t) => ({ n: 'x:a', v: v + base, t: 1.7e9 + t }))
      expect(resolveSenml(relative, now)).toEqual(resolveSenml(absolute, now))
    }),
  )
})
