import { createTestClassroom } from '../../plugins/classroom/test-classroom.ts'
import type { TestClassroom } from '../../plugins/classroom/test-classroom.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadRooms } from './load-rooms.ts'
import { keptMoments, reportAt } from './play-day.ts'

const minute = 60_000
let server: TestClassroom
beforeAll(async () => {
  server = await createTestClassroom()
})
afterAll(async () => {
  await server.close()
})
/** The rooms as a demonstration has them that is started at a time of 30 June by the clocks of Almaty. */
const startedAt = async (clock: string) =>
  await loadRooms(server.context, new Date(`2026-06-30T${clock}:00+05:00`))

test.each([
  ['11:40', '14:20'],
  ['08:10', '09:05'],
  ['01:30', '06:30'],
])(
  'what a device says of a moment is the same whether the demonstration was started at %s or at %s',
  async (first, second) => {
    const [before, after] = [await startedAt(first), await startedAt(second)]
    const until = Date.parse(`2026-06-30T${second}:00+05:00`)
    for (const [index, room] of before.entries())
      for (let at = until - 5 * 60 * minute; at < until + 60 * minute; at += 7 * minute)
        expect(reportAt(after[index]!, { at, sequence: 1 }, 'Asia/Almaty')).toEqual(
          reportAt(room, { at, sequence: 1 }, 'Asia/Almaty'),
        )
  },
)

test('rooms are empty when their counters start anew, at four in the morning', async () => {
  const rooms = await startedAt('05:30')
  const night = Date.parse('2026-06-30T04:00:00+05:00')
  for (const played of rooms) {
    const device = { ...played.device, equipment: 'camera' as const, fault: 'none' as const }
    const [{ payload } = { payload: '' }] = reportAt({ ...played, device }, { at: night, sequence: 1 }, 'Asia/Almaty') // prettier-ignore
    expect(payload).toContain('"people":0,')
  }
})

test('kept readings are those after what is stored, at most of five hours', () => {
  const now = Date.parse('2026-06-30T09:00:00Z')
  expect(keptMoments(null, now)[0]).toBe(now - 300 * minute)
  expect(keptMoments(null, now)).toHaveLength(149)
  expect(keptMoments(now - 600 * minute, now)).toEqual(keptMoments(null, now))
  expect(keptMoments(now - 7 * minute, now)).toEqual([now - 5 * minute, now - 3 * minute])
  expect(keptMoments(now - 10_000, now)).toEqual([])
})

test('a device goes on from what is stored of it', async () => {
  const { id } = await server.tables
    .selectFrom('device')
    .select('id')
    .where('name', '=', 'room-101')
    .executeTakeFirstOrThrow()
  const at = new Date('2026-06-30T08:59:30Z')
  const row = { device_id: id, last_seen_at: at, online: true, last_sequence: 41, clock_at: at }
  await server.tables
    .insertInto('device_state')
    .values({ ...row, firmware: null, battery: null, clock_ahead_seconds: 0 })
    .execute()
  const [first, second] = await startedAt('14:00')
  expect(first!.stored).toEqual({ at: at.getTime(), sequence: 41 })
  expect(second!.stored).toBeNull()
})
