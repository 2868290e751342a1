import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { countUndated, countYears } from './count-years.ts'
import { createTestUniversity } from './test-university.ts'
import type { TestTeacher, TestUniversity } from './test-university.ts'

let database: TestDatabase
let university: TestUniversity
beforeAll(async () => {
  database = await createTestDatabase()
  university = await createTestUniversity(database.db)
})
afterAll(async () => {
  await database.drop()
})

interface Entered {
  happenedOn: string | null
  enteredAt: string
  teachers: readonly TestTeacher[]
  state?: 'draft' | 'approved' | 'rejected'
}
async function enter({ happenedOn, enteredAt, teachers, state = 'approved' }: Entered): Promise<void> {
  const { db } = database
  const { id } = await db
    .insertInto('evidence')
    .values({
      indicator: 'tiny.thing',
      data: '{}',
      title: 'Thing',
      happened_on: happenedOn,
      state,
      created_by: university.accounts.office,
      created_at: new Date(enteredAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const people = teachers.map((name, index) => ({
    evidence_id: id,
    ordinal: index + 1,
    teacher_id: university.teachers[name],
    name,
  }))
  await db.insertInto('evidence_participant').values(people).execute()
}

const years = [
  { from: '2023-09-01', to: '2024-08-31' },
  { from: '2024-09-01', to: '2025-08-31' },
]
const marks = (counts: readonly number[]) =>
  counts.flatMap((count, day): [number, number][] => (count > 0 ? [[day, count]] : []))

test('entries are counted by their date and by the day they were entered, once for a unit, for no unit that is none of theirs', async () => {
  const { teachers, units } = university
  await enter({ happenedOn: '2023-09-01', enteredAt: '2023-08-20T10:00Z', teachers: ['aigul'] })
  await enter({ happenedOn: '2024-02-29', enteredAt: '2024-06-10T10:00Z', teachers: ['aigul', 'marat'] })
  await enter({ happenedOn: '2024-08-31', enteredAt: '2025-01-15T10:00Z', teachers: ['elsewhere'] })
  await enter({ happenedOn: '2024-09-02', enteredAt: '2024-09-03T10:00Z', teachers: ['aigul'], state: 'draft' }) // prettier-ignore
  await enter({ happenedOn: '2024-09-02', enteredAt: '2024-09-03T10:00Z', teachers: ['aigul'], state: 'rejected' }) // prettier-ignore
  const [leap, next] = await countYears(database.db, years, { teacherId: teachers.aigul })
  expect(leap!.dated).toHaveLength(366)
  expect(leap!.entered).toHaveLength(367)
  expect(marks(leap!.dated)).toEqual([[0, 1], [181, 1]]) // prettier-ignore
  expect(marks(leap!.entered)).toEqual([[0, 1], [283, 1]]) // prettier-ignore
  expect(next!.dated).toHaveLength(365)
  expect([marks(next!.dated), marks(next!.entered)]).toEqual([[[1, 1]], [[2, 1]]])

  const [computing] = await countYears(database.db, years, { unitId: units.engineering })
  expect(marks(computing!.dated)).toEqual([[0, 1], [181, 1]]) // prettier-ignore
  const [history] = await countYears(database.db, years, { unitId: units.history })
  expect([marks(history!.dated), marks(history!.entered)]).toEqual([[[365, 1]], [[366, 1]]])
  const [whole] = await countYears(database.db, years, 'everybody')
  expect(whole!.dated.reduce((sum, one) => sum + one, 0)).toBe(3)
})

test('entries without a date are told by what they are, from a day on', async () => {
  const { teachers, units } = university
  await enter({ happenedOn: null, enteredAt: '2024-10-01T10:00Z', teachers: ['marat'], state: 'draft' })
  await enter({ happenedOn: null, enteredAt: '2024-08-01T10:00Z', teachers: ['marat'], state: 'draft' })
  await enter({ happenedOn: null, enteredAt: '2024-10-01T10:00Z', teachers: ['marat'], state: 'rejected' })
  const since = '2024-09-01'
  const found = [{ indicator: 'tiny.thing', count: 1 }]
  expect(await countUndated(database.db, since, { teacherId: teachers.marat })).toEqual(found)
  expect(await countUndated(database.db, since, { unitId: units.computing })).toEqual(found)
  expect(await countUndated(database.db, since, 'everybody')).toEqual(found)
  expect(await countUndated(database.db, since, { unitId: units.history })).toEqual([])
})
