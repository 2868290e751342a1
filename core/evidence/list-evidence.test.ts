import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadEvidence } from './bulk.ts'
import type { EvidenceRow } from './bulk.ts'
import { createTestEvidence } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { person } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
  const { teachers } = evidence.university
  await loadEvidence(evidence.context.pool, [
    rowOf({ title: 'Алгебра', at: day(1), participants: [person('A', { teacherId: teachers.aigul })] }),
    rowOf({
      title: 'Геометрия',
      at: day(3),
      happenedOn: '2025-12-31',
      participants: [person('M', { teacherId: teachers.marat })],
    }),
    rowOf({
      title: '100% талдау',
      at: day(2),
      state: 'submitted',
      participants: [person('E', { teacherId: teachers.elsewhere })],
    }),
    rowOf({
      title: 'Algebra II',
      at: day(4),
      indicator: 'test.talk',
      state: 'draft',
      happenedOn: null,
      participants: [
        person('A', { teacherId: teachers.aigul }),
        person('E', { teacherId: teachers.elsewhere }),
        person('X'),
      ],
    }),
  ])
})
afterAll(async () => await evidence.close())

const day = (of: number) => new Date(Date.UTC(2026, 0, of))
const rowOf = (fields: Partial<EvidenceRow>): EvidenceRow => ({
  indicator: 'test.work',
  data: {},
  title: '',
  happenedOn: '2026-01-01',
  identity: null,
  participants: [],
  state: 'approved',
  createdBy: evidence.university.accounts.office,
  at: day(1),
  ...fields,
})
const titles = async (query: Record<string, string | number>) => {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return (await evidence.ask('office', 'GET', `/evidence?${search.toString()}`)).body.items.map(
    ({ title }) => title,
  )
}

test('the newest change comes first', async () => {
  const { body } = await evidence.ask('office', 'GET', '/evidence')
  expect(body.items.map(({ title }) => title)).toEqual(['Algebra II', 'Геометрия', '100% талдау', 'Алгебра'])
  expect(body.items[0]).toEqual({
    id: body.items[0]?.id,
    indicator: 'test.talk',
    title: 'Algebra II',
    state: 'draft',
    happenedOn: null,
    participantCount: 3,
    fileCount: 0,
    updatedAt: '2026-01-04T00:00:00.000Z',
  })
})

test('pages follow one another and know how many entries there are', async () => {
  const { body } = await evidence.ask('office', 'GET', '/evidence?page=2&pageSize=3')
  expect([body.total, body.items.map(({ title }) => title)]).toEqual([4, ['Алгебра']])
})

test('each filter narrows the list, and all of them together', async () => {
  const { teachers, units } = evidence.university
  expect(await titles({ teacher: teachers.aigul })).toEqual(['Algebra II', 'Алгебра'])
  expect(await titles({ indicator: 'test.talk' })).toEqual(['Algebra II'])
  expect(await titles({ state: 'submitted' })).toEqual(['100% талдау'])
  expect(await titles({ from: '2026-01-01' })).toEqual(['100% талдау', 'Алгебра'])
  expect(await titles({ from: '2025-12-31', to: '2025-12-31' })).toEqual(['Геометрия'])
  expect(await titles({ unit: units.history })).toEqual(['Algebra II', '100% талдау'])
  expect(await titles({ unit: units.humanities, state: 'draft', teacher: teachers.aigul })).toEqual([
    'Algebra II',
  ])
  expect(await titles({ unit: units.university })).toHaveLength(4)
  expect(await titles({ unit: 999_999 })).toEqual([])
})

test('a search finds a part of the title in any case, and takes % and _ as they stand', async () => {
  expect(await titles({ search: 'АЛГЕБР' })).toEqual(['Алгебра'])
  expect(await titles({ search: 'algebra' })).toEqual(['Algebra II'])
  expect(await titles({ search: '0%' })).toEqual(['100% талдау'])
  expect(await titles({ search: '_' })).toEqual([])
  expect(await titles({ search: '\0' })).toHaveLength(4)
  expect(await titles({ indicator: '\0' })).toEqual([])
})

test('a teacher sees what is their own, and no total of the rest', async () => {
  const { body } = await evidence.ask('aigul', 'GET', '/evidence')
  expect([body.total, body.items.map(({ title }) => title)]).toEqual([2, ['Algebra II', 'Алгебра']])
  const others = await evidence.ask('aigul', 'GET', `/evidence?teacher=${evidence.university.teachers.marat}`)
  expect(others.body.total).toBe(0)
})

test('an entry of a plugin that does not run is shown, and nothing can be done with it but reading', async () => {
  await loadEvidence(evidence.context.pool, [
    rowOf({ title: 'Gone', indicator: 'gone.work', state: 'submitted' }),
  ])
  const { rows } = await sql<{ id: number }>`select id from evidence where indicator = 'gone.work'`.execute(
    evidence.context.db,
  )
  const { body } = await evidence.ask('office', 'GET', `/evidence/${rows[0]?.id}`)
  expect(body.missing.map(({ code }) => code)).toEqual(['indicator-not-found'])
  expect((await evidence.move('office', rows[0]?.id ?? 0, 'approve')).body.code).toBe('evidence-incomplete')
})
