import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { loadEvidence } from './bulk.ts'
import type { EvidenceRow } from './bulk.ts'
import { createTestUniversity, findBroken, person } from './test-university.ts'
import type { TestUniversity } from './test-university.ts'

let database: TestDatabase
let university: TestUniversity
beforeAll(async () => {
  database = await createTestDatabase()
  university = await createTestUniversity(database.db)
})
afterAll(async () => await database.drop())

const row = (fields: Partial<EvidenceRow> = {}): EvidenceRow => ({
  indicator: 'test.work',
  data: { title: 'A' },
  title: 'A',
  happenedOn: '2024-05-01',
  identity: null,
  participants: [
    person('Aigul', { teacherId: university.teachers.aigul, role: 'lead', share: '0.333333333333' }),
  ],
  state: 'approved',
  createdBy: university.accounts.aigul,
  at: new Date('2024-06-01T10:00:00Z'),
  ...fields,
})
const count = async () => {
  const query = database.db.selectFrom('evidence').select((eb) => eb.fn.countAll<number>().as('count'))
  return (await query.executeTakeFirstOrThrow()).count
}

test('entries come with their participants and a history that led to their state', async () => {
  const { accounts } = university
  const decided = { decidedBy: accounts.office, reason: 'no file' }
  const given = [row(), row({ state: 'draft', happenedOn: null }), row({ state: 'returned', ...decided })]
  expect(await loadEvidence(database.pool, given)).toBe(3)
  const changes = await database.db.selectFrom('evidence_change').selectAll().orderBy('id').execute()
  expect(
    changes.map(({ action, to_state, account_id, reason }) => [action, to_state, account_id, reason]),
  ).toEqual([
    ['create', 'draft', accounts.aigul, null],
    ['submit', 'submitted', accounts.aigul, null],
    ['approve', 'approved', accounts.aigul, null],
    ['create', 'draft', accounts.aigul, null],
    ['create', 'draft', accounts.aigul, null],
    ['submit', 'submitted', accounts.aigul, null],
    ['return', 'returned', accounts.office, 'no file'],
  ])
  expect(await findBroken(database.db)).toEqual([])
})

test('any text survives: tabs, new lines, backslashes, quotes, "\\N", every script', async () => {
  const title = 'a\tb\nc\r\n\\N "q" \\t қазақ 📚'
  await loadEvidence(database.pool, [row({ indicator: 'test.text', title, data: { title, none: null } })])
  const read = await database.db
    .selectFrom('evidence')
    .select(['title', 'data', 'identity'])
    .where('indicator', '=', 'test.text')
    .execute()
  expect(read).toEqual([{ title, data: { title, none: null }, identity: null }])
})

test('a stream of more than one batch is loaded whole, and entries made afterwards get ids of their own', async () => {
  const before = await count()
  async function* many() {
    for (let i = 0; i < 5001; i++)
      yield row({ identity: `many ${i}`, participants: [person('X'), person('Y')] })
    await Promise.resolve()
  }
  expect(await loadEvidence(database.pool, many())).toBe(5001)
  await loadEvidence(database.pool, [row()])
  expect(await count()).toBe(before + 5002)
  expect(await findBroken(database.db)).toEqual([])
})

test('one entry that the tables refuse leaves none of them, and the pool usable', async () => {
  const before = await count()
  const twice = [row(), row({ identity: 'same' }), row({ identity: 'same' })]
  await expect(loadEvidence(database.pool, twice)).rejects.toMatchObject({ constraint: 'evidence_identity' })
  const stranger = [row(), row({ participants: [person('?', { teacherId: 999_999 })] })]
  await expect(loadEvidence(database.pool, stranger)).rejects.toThrow('foreign key')
  expect(await count()).toBe(before)
})

test('a client loads within its own transaction', async () => {
  const before = await count()
  const client = await database.pool.connect()
  await client.query('begin')
  await loadEvidence(client, [row()])
  await client.query('rollback')
  client.release()
  expect(await count()).toBe(before)
})
