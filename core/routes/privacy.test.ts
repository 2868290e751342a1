import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealEntries } from '../audit/seal-entries.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

let server: TestApp
let university: TestUniversity
let administrator: number
beforeAll(async () => {
  server = await createTestApp()
  const { db } = server.database
  university = await createTestUniversity(db)
  const account = await db
    .insertInto('account')
    .values({ name: 'Admin', teacher_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  administrator = account.id
  await db
    .insertInto('account_role')
    .values({ account_id: administrator, role: 'administrator', unit_id: null })
    .execute()
  await db
    .updateTable('teacher')
    .set({ family_name: 'Нұрланова' })
    .where('id', '=', university.teachers.aigul)
    .execute()
  await sealEntries(db)
})
afterAll(async () => {
  await server.close()
})

interface Answer {
  total: number
  items: { action: string; table: string; changes: object[] }[]
  tables: { name: string; title: string | null }[]
}
async function ask(account: number, query = '') {
  const response = await server.app.inject({
    url: `/api/audit${query}`,
    headers: { 'x-ustaz-account': String(account), 'accept-language': 'ru' },
  })
  return { status: response.statusCode, body: response.json<Answer>() }
}

test('a change is read in words, with its link in the chain and the head of it', async () => {
  const { body } = await ask(administrator, `?teacher=${university.teachers.aigul}&action=update`)
  expect(body).toMatchObject({
    total: 1,
    items: [
      {
        action: 'update',
        table: 'core.teacher',
        tableTitle: 'Преподаватель',
        teacher: { id: university.teachers.aigul, name: 'Нұрланова Айгүл' },
        changes: [{ column: 'family_name', says: 'фамилия', from: 'Оразбаева', to: 'Нұрланова' }],
        erased: false,
      },
    ],
    head: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  })
  expect(body.tables).toContainEqual({ name: 'core.account_role', title: 'Роль учётной записи' })
  expect(body.tables.map(({ name }) => name)).not.toContain('core.audit_entry')
})

test('entries are found by person, by table, by day and page by page', async () => {
  const { teachers } = university
  const about = await ask(administrator, `?teacher=${teachers.aigul}&pageSize=200`)
  expect([...new Set(about.body.items.map(({ table }) => table))].sort()).toEqual([
    'core.account',
    'core.account_role',
    'core.appointment',
    'core.teacher',
  ])
  const units = await ask(administrator, '?table=core.unit&pageSize=2&page=2')
  expect([units.body.total, units.body.items.length]).toEqual([5, 2])
  expect((await ask(administrator, '?from=2040-01-01')).body.total).toBe(0)
  expect((await ask(administrator, '?account=99')).body.total).toBe(0)
})

test('nobody but the administrator reads the log', async () => {
  const { aigul, head, dean, office, management, nobody } = university.accounts
  for (const account of [aigul, head, dean, office, management, nobody])
    expect((await ask(account)).status).toBe(403)
})
