import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deviceTypes, isPossible, readMessage } from '../index.ts'
import { counterStart, messagesOf } from './messages-of.ts'
import { roomAt } from './room-at.ts'

const minute = 60_000
const start = Date.parse('2026-09-01T05:00:00Z')
const room = {
  seed: 3,
  volume: 180,
  lessons: [{ startsAt: start, endsAt: start + 50 * minute, students: 24 }],
}
const after = (minutes: number) => roomAt(room, start + minutes * minute)

test('a room fills, stays, and empties; what came and went is what is inside', () => {
  expect([after(-10), after(20), after(49), after(60)].map(({ people }) => people)).toEqual([0, 25, 25, 0])
  expect(after(60)).toMatchObject({ inTotal: 25, outTotal: 25 })
  fc.assert(
    fc.property(fc.integer({ min: -60, max: 200 }), (minutes) => {
      const { people, inTotal, outTotal } = after(minutes)
      expect(inTotal - outTotal).toBe(people)
    }),
  )
})

test('a counter counts since it started, with nobody less inside', () => {
  const state = roomAt(room, start + 20 * minute, start + 2 * minute)
  expect(state).toMatchObject({ people: 25, outTotal: 0 })
  expect(state.inTotal).toBe(25 - after(2).people)
  const night = start - 60 * minute
  expect(counterStart('none', { at: start, night })).toBe(night)
  const since = [0, 49, 51].map((later) => counterStart('restarting', { at: start + later * minute, night }))
  expect(since.every((one) => one >= night && (one === night || one % (50 * minute) === 0))).toBe(true)
  expect(new Set(since).size).toBe(2)
})

test('carbon dioxide nears outdoor air + n G / (V a), and falls when people are gone', () => {
  const long = { ...room, lessons: [{ startsAt: start, endsAt: start + 600 * minute, students: 24 }] }
  // 25 people x 18 l/h / (180 m3 x 1.5 /h) = 1,667 ppm above 420
  expect(roomAt(long, start + 300 * minute).co2).toBeGreaterThan(2000)
  expect(roomAt(long, start + 300 * minute).co2).toBeLessThan(2150)
  expect(after(150).co2).toBeLessThan(after(50).co2)
})

test('messages are read as what they were made of; each fault is what it says', () => {
  const around = { arrivedAt: new Date(start), timeZone: 'Asia/Almaty' }
  const send = (fault: Parameters<typeof messagesOf>[0]['fault'], sequence = 7) =>
    messagesOf({ name: 'r1', equipment: 'camera', fault }, after(20), { at: start, sequence }).map(
      ({ topic, payload }) => readMessage(deviceTypes, topic, Buffer.from(payload), around),
    )
  const [good] = send('none')
  expect(good).toMatchObject({ device: 'r1', sequence: 7 })
  expect('readings' in good! && good.readings[0]).toMatchObject({
    quantity: 'people',
    value: 25,
    at: new Date(start),
  })
  expect(send('silent')).toEqual([])
  expect(send('twice')).toHaveLength(2)
  expect(send('malformed', 10)[0]).toMatchObject({ fault: 'malformed' })
  const [slow] = send('slow-clock')
  expect('readings' in slow! && slow.readings[0]?.at).toEqual(new Date(start - 90_000))
  const [broken] = send('impossible')
  expect(
    'readings' in broken! && broken.readings.filter((one) => !isPossible(one.quantity, one.value)),
  ).toHaveLength(1)
})
