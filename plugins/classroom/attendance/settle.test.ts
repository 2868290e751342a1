import { afterAll, beforeAll, expect, test } from 'vitest'
import { attendance } from '../indicators/attendance.ts'
import { conditions } from '../indicators/conditions.ts'
import { ensureMonth, rollUp } from '../ingest/partitions.ts'
import { defaults } from '../settings.ts'
import type { Quantity } from '@ustaz/devices'
import { createTestClassroom, placeDevice } from '../test-classroom.ts'
import type { TestClassroom } from '../test-classroom.ts'
import { nightBefore, settleLessons } from './settle.ts'

let server: TestClassroom
let camera: number
const now = new Date('2026-06-30T09:00:00Z')
beforeAll(async () => {
  server = await createTestClassroom(now.toISOString())
  await ensureMonth(server.tables, '2026-06-01')
  camera = await placeDevice(server.tables, { name: 'camera', room: '301' })
})
afterAll(async () => {
  await server.close()
})

/** A lecture at 10:00 by the clocks of Almaty (05:00 UTC) that lasts 50 minutes. */
async function lesson(
  day: number,
  fields: { teacher: number | null; enrolment?: number | null; kind?: 'lecture' | 'practice' },
): Promise<number> {
  const date = `2026-06-${String(day).padStart(2, '0')}`
  const room = await server.tables
    .selectFrom('room')
    .select('id')
    .where('code', '=', '301')
    .executeTakeFirstOrThrow()
  const { id } = await server.tables
    .insertInto('lesson')
    .values({
      source: 'test',
      source_key: `${date} ${fields.teacher ?? ''} ${fields.kind ?? ''}`,
      room_id: room.id,
      teacher_id: fields.teacher,
      group_code: 'G',
      subject: 'Algebra',
      kind: fields.kind ?? 'lecture',
      enrolment: fields.enrolment === undefined ? 20 : fields.enrolment,
      starts_at: new Date(`${date}T05:00:00Z`),
      ends_at: new Date(`${date}T05:50:00Z`),
      weekday: 1,
      hour: 10,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A reading for each minute from 04:55 UTC, of one value. */
async function measure(day: number, quantity: Quantity, value: number, minutes = 60): Promise<void> {
  const first = Date.parse(`2026-06-${String(day).padStart(2, '0')}T04:55:00Z`)
  const rows = Array.from({ length: minutes }, (_, minute) => new Date(first + minute * 60_000))
  await server.tables
    .insertInto('reading')
    .values(
      rows.map((measured_at) => ({
        device_id: camera,
        measured_at,
        sequence: -1,
        quantity,
        channel: '',
        value,
        received_at: measured_at,
      })),
    )
    .execute()
  await server.tables
    .insertInto('unsettled_day')
    .values({ device_id: camera, day: rows[0]!.toISOString().slice(0, 10) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
const found = async (id: number) =>
  await server.tables
    .selectFrom('lesson_attendance')
    .selectAll()
    .where('lesson_id', '=', id)
    .executeTakeFirst()
const settle = async () => await settleLessons({ db: server.tables, settings: defaults, now })

test('a lesson gets the median of its minutes without the teacher, its share and the air; twice gives the same', async () => {
  const id = await lesson(1, { teacher: server.university.teachers.aigul })
  await measure(1, 'people', 16)
  await measure(1, 'temperature', 15.5)
  await measure(1, 'co2', 900)
  expect(await settle()).toBe(1)
  const first = await found(id)
  expect(first).toMatchObject({
    method: 'counts',
    coverage: 1,
    people: 15,
    share: 0.75,
    temperature: 15.5,
    co2: 900,
    cold: true,
    stuffy: false,
  })
  expect(first!.lowest).toBeCloseTo(15 - 2 * 0.05 * 16)
  expect(await settle()).toBe(0)
  await measure(1, 'humidity', 40)
  await settle()
  expect(await found(id)).toEqual({ ...first, humidity: 40 })
})

test('late readings of a lesson that had too few change it from unknown to known', async () => {
  const id = await lesson(2, { teacher: server.university.teachers.aigul })
  await measure(2, 'people', 11, 20)
  await settle()
  expect(await found(id)).toMatchObject({ people: null, share: null, cold: null })
  expect((await found(id))!.coverage).toBeLessThan(0.5)
  await server.tables
    .deleteFrom('reading')
    .where('measured_at', '>', new Date('2026-06-02T00:00:00Z'))
    .where('measured_at', '<', new Date('2026-06-03T00:00:00Z'))
    .execute()
  await measure(2, 'people', 11)
  await settle()
  expect(await found(id)).toMatchObject({ people: 10, share: 0.5 })
})

test('a lesson without an enrolment has people and no share; one that is not over has nothing', async () => {
  const open = await lesson(30, { teacher: server.university.teachers.marat, kind: 'practice' })
  await server.tables
    .updateTable('lesson')
    .set({ ends_at: new Date('2026-06-30T10:00:00Z') })
    .where('id', '=', open)
    .execute()
  const id = await lesson(3, { teacher: server.university.teachers.marat, enrolment: null })
  await measure(3, 'people', 8)
  await measure(30, 'people', 8)
  await settle()
  expect(await found(id)).toMatchObject({ people: 7, share: null, share_error: null })
  expect(await found(open)).toBeUndefined()
})

test('lessons are compared with those of others at the same hour and weekday and of the same kind', async () => {
  const { aigul, head } = server.university.teachers
  const early = []
  for (const day of [8, 9, 10, 11, 12]) {
    early.push(await lesson(day, { teacher: head }))
    await measure(day, 'people', 11)
  }
  const own = await lesson(15, { teacher: aigul })
  const other = await lesson(15, { teacher: aigul, kind: 'practice' })
  await measure(15, 'people', 17)
  await settle()
  // Five lessons of somebody else with a share of 10 / 20; those of oneself do not count.
  expect(await found(own)).toMatchObject({ share: 0.8, expected_share: 0.5, peers: 5 })
  expect(await found(other)).toMatchObject({ share: 0.8, expected_share: null })
  // Theirs are compared with the three of the first teacher, which are too few.
  expect(await found(early[0]!)).toMatchObject({ share: 0.5, expected_share: null, peers: 3 })
})

const period = { from: '2026-06-01', to: '2026-06-30' }
async function facts(indicator: typeof attendance) {
  const query = indicator.facts({ db: server.tables, period }) as unknown as {
    execute(db: unknown): Promise<{ rows: Record<string, unknown>[] }>
  }
  return (await query.execute(server.tables)).rows as {
    teacher_id: number
    quantity: string
    happened_on: string
    attributes: Record<string, number>
  }[]
}

test('attendance is the mean of a teacher’s lessons with its error, and nothing for who has too few', async () => {
  const rows = await facts(attendance)
  expect(rows.map(({ teacher_id: teacher }) => teacher)).toEqual([server.university.teachers.head])
  expect(rows[0]).toMatchObject({ quantity: '50.000000', happened_on: '2026-06-12' })
  // All shares alike, each measured with two standard deviations of 2 x 0.05 x 11 / 20 between the ends and the middle:
  const measured = (2 * 0.05 * 11) / 20 / 2
  expect(rows[0]!.attributes).toMatchObject({ lessons: 5, held: 5, coverage: 1, attended: 50 })
  expect(rows[0]!.attributes['standardError']).toBeCloseTo((100 * measured) / Math.sqrt(5), 4)
  expect(rows[0]!.attributes['difference']).toBeUndefined()
})

test('a lesson whose dispute is open or accepted counts for nothing; rejected, it counts', async () => {
  const lessons = await server.tables
    .selectFrom('lesson')
    .select('id')
    .where('teacher_id', '=', server.university.teachers.head)
    .execute()
  const row = { lesson_id: lessons[0]!.id, account_id: 1, reason: 'an exam elsewhere', opened_at: now }
  await server.tables.insertInto('dispute').values(row).execute()
  expect(await facts(attendance)).toEqual([])
  const decided = { decided_by: 2, decided_at: now, answer: 'seen' }
  await server.tables
    .updateTable('dispute')
    .set({ decision: 'rejected', ...decided })
    .execute()
  expect(await facts(attendance)).toHaveLength(1)
  await server.tables
    .updateTable('dispute')
    .set({ decision: 'accepted', ...decided })
    .execute()
  expect(await facts(attendance)).toEqual([])
  await server.tables.deleteFrom('dispute').execute()
})

test('conditions tell in how cold rooms a teacher taught', async () => {
  for (const [day, degrees] of [
    [8, 21],
    [9, 21],
    [10, 21],
    [11, 16],
    [12, 22],
  ] as const)
    await measure(day, 'temperature', degrees)
  await settle()
  const rows = await facts(conditions)
  expect(rows[0]).toMatchObject({ teacher_id: server.university.teachers.head, quantity: '80.000000' })
  expect(rows[0]!.attributes).toMatchObject({ warm: 80, temperature: 20.2, lessons: 5 })
  expect(rows[0]!.attributes['standardError']).toBeCloseTo(100 * Math.sqrt((6 * 3) / 9 ** 3), 4)
  expect((await facts(attendance))[0]!.attributes['attendedInNorm']).toBeUndefined()
})

test('months that are old become hours, and the lessons they gave stay', async () => {
  const before = await server.tables
    .selectFrom('lesson_attendance')
    .selectAll()
    .orderBy('lesson_id')
    .execute()
  expect(await rollUp(server.tables, new Date('2026-07-15T00:00:00Z'), now)).toEqual(['2026-06-01'])
  expect(await rollUp(server.tables, new Date('2026-07-15T00:00:00Z'), now)).toEqual([])
  const hours = await server.tables
    .selectFrom('reading_hour')
    .selectAll()
    .where('quantity', '=', 'people')
    .orderBy('hour')
    .execute()
  expect(hours[0]).toMatchObject({ readings: 5, lowest: 16, mean: 16, highest: 16 })
  expect(
    await server.tables.selectFrom('lesson_attendance').selectAll().orderBy('lesson_id').execute(),
  ).toEqual(before)
})

test('a day of a room begins at four in the morning of the university', () => {
  expect(nightBefore(new Date('2026-06-30T05:00:00Z'), 'Asia/Almaty').toISOString()).toBe(
    '2026-06-29T23:00:00.000Z',
  )
  expect(nightBefore(new Date('2026-06-29T22:59:00Z'), 'Asia/Almaty').toISOString()).toBe(
    '2026-06-28T23:00:00.000Z',
  )
})
