import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { listPositions, listUnits } from './units.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const { units } = await createTestUniversity(database.db)
  // In Kazakh Ә stands right after А; the other units bear Latin names, which come after Cyrillic ones.
  const names = { kk: 'Әлеуметтану', ru: 'Социология', en: 'Sociology' }
  const others = { kk: 'Археология', ru: 'Археология', en: 'Archaeology' }
  const below = { kind: 'department' as const, parent_id: units.humanities }
  await database.db
    .insertInto('unit')
    .values([
      { ...below, code: 'soc', name: JSON.stringify(names) },
      { ...below, code: 'arc', name: JSON.stringify(others) },
    ])
    .execute()
})
afterAll(async () => {
  await database.drop()
})

test('units come as a tree, parents before children, sisters by name', async () => {
  const { items, total } = await listUnits(database.db, 'kk', { page: 1, pageSize: 500 })
  expect(items.map(({ code }) => code)).toEqual(['u', 'eng', 'cs', 'hum', 'arc', 'soc', 'his'])
  expect(total).toBe(7)
  for (const [place, { parentId }] of items.entries()) {
    const parentPlace = items.findIndex(({ id }) => id === parentId)
    expect(parentPlace).toBeLessThan(place)
  }
})

test('pages of the tree join without gap or repetition', async () => {
  const pages = await Promise.all(
    [1, 2, 3].map((page) => listUnits(database.db, 'ru', { page, pageSize: 3 })),
  )
  const codes = pages.flatMap(({ items }) => items.map(({ code }) => code))
  expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1])
  expect(new Set(codes).size).toBe(7)
})

test('positions and degrees come highest first with names in three languages', async () => {
  const { positions, degrees } = await listPositions(database.db)
  expect(positions[0]).toEqual({
    code: 'professor',
    name: { kk: 'Профессор', ru: 'Профессор', en: 'Professor' },
  })
  expect(positions.map(({ code }) => code)).toContain('assistant')
  expect(degrees.map(({ code }) => code)).toEqual([
    'doctor-of-sciences',
    'phd',
    'candidate-of-sciences',
    'master',
    'none',
  ])
})
