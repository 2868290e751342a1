import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { findGoverning } from './governing.ts'
import { approveTestRegulation } from './test-stages.ts'

let database: TestDatabase
let university: TestUniversity
let ids: Record<'old' | 'teachers' | 'heads' | 'deans' | 'unstaged', number>
beforeAll(async () => {
  database = await createTestDatabase()
  university = await createTestUniversity(database.db)
  const approve = async (code: string, changes: Record<string, unknown>) =>
    await approveTestRegulation(database.db, university.accounts.management, { code, ...changes })
  ids = {
    old: await approve('teachers', { version: '2024', validFrom: '2024-09-01' }),
    teachers: await approve('teachers', { version: '2025', validFrom: '2025-09-01' }),
    heads: await approve('heads', { rated: 'department-leaders' }),
    deans: await approve('deans', { rated: 'faculty-leaders' }),
    unstaged: await approve('others', { validFrom: null, approval: null }),
  }
  const led = { teacher_id: university.teachers.head, starts_on: '2025-01-01', ends_on: '2026-01-31' }
  await database.db
    .insertInto('leadership')
    .values({ ...led, unit_id: university.units.computing })
    .execute()
})
afterAll(async () => await database.drop())

const governs = async (day: string, teacherId: number | null, indicator = 'test.work') =>
  (await findGoverning(database.db, { indicator, day, teacherId }))?.versionId ?? null

test('the newest version that holds on the day of the work governs it', async () => {
  const { aigul } = university.teachers
  expect(await governs('2026-05-01', aigul)).toBe(ids.teachers)
  expect(await governs('2025-09-01', aigul)).toBe(ids.teachers)
  expect(await governs('2025-08-31', aigul)).toBe(ids.old)
})

test('work of who led a department that day is governed by the regulation of heads', async () => {
  const { head } = university.teachers
  expect(await governs('2025-10-01', head)).toBe(ids.heads)
  expect(await governs('2026-02-01', head)).toBe(ids.teachers)
  expect(await governs('2025-10-01', university.teachers.aigul)).toBe(ids.teachers)
})

test('before any regulation with stages, one without them governs; a kind nobody counts is governed by none', async () => {
  const { aigul } = university.teachers
  expect(await governs('2020-01-01', aigul)).toBe(ids.unstaged)
  expect(
    (await findGoverning(database.db, { indicator: 'test.work', day: '2020-01-01', teacherId: aigul }))
      ?.approval,
  ).toBeNull()
  expect(await governs('2026-05-01', aigul, 'test.game')).toBeNull()
  expect(await governs('2026-05-01', null)).toBe(ids.teachers)
})

test('a retired version governs nothing', async () => {
  const state = (value: 'approved' | 'retired') =>
    database.db
      .updateTable('regulation_version')
      .set({ state: value })
      .where('id', '=', ids.teachers)
      .execute()
  await state('retired')
  expect(await governs('2026-05-01', university.teachers.aigul)).toBe(ids.old)
  await state('approved')
})
