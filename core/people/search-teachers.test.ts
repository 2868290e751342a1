import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { searchTeachers } from './search-teachers.ts'

let database: TestDatabase
const teachers = [
  ['1', 'Оразбаева', 'Айгүл', 'Серікқызы', 'Orazbayeva Aigul'],
  ['2', 'Ахметов', 'Марат', null, null],
  ['3', 'Ахметова', 'Айгүл', null, 'Akhmetova Aigul'],
  ['4', 'Ли', 'Анна', null, 'Li Anna'],
  ['5', 'Семёнов', 'Иван', 'Петрович', null],
] as const
beforeAll(async () => {
  database = await createTestDatabase()
  const rows = teachers.map(([code, family_name, given_name, patronymic, latin_name]) => {
    return { code, family_name, given_name, patronymic, latin_name }
  })
  await database.db.insertInto('teacher').values(rows).execute()
})
afterAll(async () => await database.drop())

const codes = async (...names: string[]) =>
  (await searchTeachers(database.db, names)).map((found) => found.map(({ code }) => code))

test('the nearest comes first, in either script', async () => {
  expect(await codes('Оразбаева А.С.', 'ORAZBAEVA, Aigul', 'Ахметов Марат')).toEqual([
    ['1'],
    ['1', '3'],
    ['2', '3'],
  ])
})

test('ё and е, and short names, are found', async () => {
  expect(await codes('Семенов И.', 'Li A.')).toEqual([['5'], ['4']])
})

test('who has no such teacher, or gives initials only, gets an empty answer in its place', async () => {
  expect(await codes('Schrödinger, Erwin', 'A. B.', '', 'Ли')).toEqual([[], [], [], ['4']])
  expect(await codes()).toEqual([])
})
