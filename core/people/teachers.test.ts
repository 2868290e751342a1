import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { getTeacher, listTeachers } from './teachers.ts'

const day = '2026-03-01'
let database: TestDatabase
let university: TestUniversity
beforeAll(async () => {
  database = await createTestDatabase()
  university = await createTestUniversity(database.db)
})
afterAll(async () => {
  await database.drop()
})

type Filter = Partial<Parameters<typeof listTeachers>[1]>
async function familyNames(filter: Filter, on = day): Promise<string[]> {
  const { items } = await listTeachers(database.db, { page: 1, pageSize: 50, ...filter }, on)
  return items.map(({ familyName }) => familyName)
}

async function appoint(
  teacher: number,
  post: { unit: number; rate: string; from: string; to?: string; as?: string },
) {
  await database.db
    .insertInto('appointment')
    .values({
      teacher_id: teacher,
      unit_id: post.unit,
      rate: post.rate,
      position: post.as ?? null,
      starts_on: post.from,
      ends_on: post.to ?? null,
    })
    .execute()
}

test('teachers come in the order of their names, page by page', async () => {
  expect(await familyNames({})).toEqual(['Ахметов', 'Ким', 'Оразбаева', 'Семёнова'])
  const second = await listTeachers(database.db, { page: 2, pageSize: 3 }, day)
  expect(second).toMatchObject({ total: 4, page: 2, pageSize: 3 })
  expect(second.items.map(({ familyName }) => familyName)).toEqual(['Семёнова'])
})

test('a search finds parts of any name in any case and order, in Cyrillic or Latin', async () => {
  expect(await familyNames({ search: 'ОРАЗ' })).toEqual(['Оразбаева'])
  expect(await familyNames({ search: 'айгүл оразбаева' })).toEqual(['Оразбаева'])
  expect(await familyNames({ search: 'akhm' })).toEqual(['Ахметов'])
  expect(await familyNames({ search: 'Марат Ким' })).toEqual([])
})

test('a search finds a personnel number, and takes signs of LIKE for themselves', async () => {
  await database.db.updateTable('teacher').set({ code: 'T-0077' }).where('family_name', '=', 'Ким').execute()
  expect(await familyNames({ search: ' T-0077 ' })).toEqual(['Ким'])
  expect(await familyNames({ search: '%' })).toEqual([])
  expect(await familyNames({ search: '_' })).toEqual([])
  expect(await familyNames({ search: '\\' })).toEqual([])
})

test('a search is answered from the trigram index', async () => {
  const { db } = database
  const plan = await db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    await sql`set local enable_indexscan = off`.execute(trx)
    const { fullName } = await import('./full-name.ts')
    return await sql<Record<string, string>>`
      explain select 1 from teacher t where ${fullName} like lower(${'%ораз%'} collate person_name)`.execute(
      trx,
    )
  })
  expect(JSON.stringify(plan.rows)).toContain('teacher_search')
})

test('a unit stands for itself and all below it', async () => {
  const { units } = university
  expect(await familyNames({ unit: units.university })).toHaveLength(4)
  expect(await familyNames({ unit: units.engineering })).toEqual(['Ахметов', 'Ким', 'Оразбаева'])
  expect(await familyNames({ unit: units.history })).toEqual(['Семёнова'])
  expect(await familyNames({ unit: 999_999 })).toEqual([])
})

test('unit and position must be true of one post held on the day', async () => {
  const { units, teachers } = university
  await appoint(teachers.marat, { unit: units.history, rate: '0.25', from: '2025-09-01', as: 'assistant' })
  expect(await familyNames({ unit: units.humanities })).toEqual(['Ахметов', 'Семёнова'])
  expect(await familyNames({ unit: units.computing, position: 'assistant' })).toEqual([])
  expect(await familyNames({ unit: units.history, position: 'assistant' })).toEqual(['Ахметов'])
  expect(await familyNames({ position: 'assistant' }, '2025-08-31')).toEqual([])
})

test('the post of the day is the one with the highest rate, then the one held longest', async () => {
  const { units, teachers } = university
  await appoint(teachers.head, { unit: units.history, rate: '1', from: '2015-09-01', to: '2026-02-28' })
  const postOn = async (on: string) => (await getTeacher(database.db, teachers.head, on)).appointment
  // Two posts of rate 1: the one since 2015 until its last day, then the one since 2020.
  expect(await postOn('2026-02-28')).toMatchObject({ unitId: units.history, startsOn: '2015-09-01' })
  expect(await postOn('2026-03-01')).toMatchObject({ unitId: units.computing, startsOn: '2020-09-01' })
  await appoint(teachers.head, { unit: units.history, rate: '1.25', from: '2026-03-01', as: 'professor' })
  expect(await postOn('2026-03-01')).toEqual({
    id: expect.any(Number) as number,
    unitId: units.history,
    position: 'professor',
    degree: null,
    rate: '1.25',
    startsOn: '2026-03-01',
    endsOn: null,
  })
  expect(await postOn('2015-08-31')).toBeNull()
})

test('a teacher is shown with all posts, latest first, and all leave', async () => {
  const { units, teachers } = university
  const leave = { teacher_id: teachers.marat, kind: 'sick', starts_on: '2025-02-03', ends_on: '2025-02-21' }
  await database.db.insertInto('leave').values(leave).execute()
  const teacher = await getTeacher(database.db, teachers.marat, day)
  expect(teacher).toMatchObject({ familyName: 'Ахметов', givenName: 'Марат', patronymic: null })
  expect(teacher.appointments.map(({ unitId, rate }) => [unitId, rate])).toEqual([
    [units.history, '0.25'],
    [units.computing, '1'],
  ])
  expect(teacher.leaves).toEqual([{ kind: 'sick', startsOn: '2025-02-03', endsOn: '2025-02-21' }])
  await expect(getTeacher(database.db, 999_999, day)).rejects.toMatchObject({
    code: 'teacher-not-found',
    status: 404,
  })
})
