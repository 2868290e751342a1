import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { pluginAccess } from '../plugin-access.ts'
import { coreRoutes } from '../routes/index.ts'
import { sessionRoutes } from '../routes/session/index.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { findActor } from './actor.ts'
import { decide, isAction, roles } from './rights.ts'
import { findScope } from './scope.ts'

let server: TestApp
let university: TestUniversity
const accounts = new Map<string, number>()

beforeAll(async () => {
  server = await createTestApp()
  const { db } = server.database
  university = await createTestUniversity(db)
  for (const role of roles) {
    const { id } = await db
      .insertInto('account')
      .values({ name: role, teacher_id: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('account_role')
      .values({ account_id: id, role, unit_id: university.units.engineering })
      .execute()
    accounts.set(role, id)
  }
})
afterAll(async () => {
  await server.close()
})

const cells = [...coreRoutes, ...sessionRoutes].flatMap(({ route }) =>
  roles.map((role) => ({ role, route, name: `${route.method} ${route.path}` })),
)

test.each(cells)('$role at $name is refused exactly where the table refuses', async ({ role, route }) => {
  if (!isAction(route.action)) throw new Error(`unknown action ${route.action}`)
  const account = accounts.get(role)!
  const actor = await findActor(server.database.db, account)
  const response = await server.app.inject({
    method: route.method,
    url: `/api${route.path.replace(/:kind/, 'units').replace(/:\w+/g, '999999')}`,
    headers: { 'x-ustaz-account': String(account), 'accept-language': 'en' },
  })
  const refused = response.statusCode === 403 && response.json<{ code: string }>().code === 'not-allowed'
  expect(refused).toBe(decide(actor!, route.action).length === 0)
  expect(response.statusCode).not.toBe(500)
})

test('a refusal names the action in the language of the asker', async () => {
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/runs',
    headers: { 'x-ustaz-account': String(university.accounts.aigul), 'accept-language': 'kk' },
    payload: {},
  })
  expect(response.json()).toMatchObject({
    code: 'not-allowed',
    detail: 'Тіркелгіңіздің рөлдері бұл әрекетке рұқсат бермейді: run.start.',
  })
})

test('the actor is told what the account may do', async () => {
  const response = await server.app.inject({
    url: '/api/actor',
    headers: { 'x-ustaz-account': String(university.accounts.head) },
  })
  const actor = response.json<{ actions: string[]; roles: unknown[] }>()
  expect(actor.actions).toContain('evidence.approve')
  expect(actor.actions).not.toContain('run.start')
  expect(actor.roles).toEqual([
    { role: 'head', unitId: university.units.computing },
    { role: 'teacher', unitId: null },
  ])
})

test("a dean's scope is the faculty with all departments, a head's the department, a teacher's oneself", async () => {
  const { db } = server.database
  const scopeOf = async (account: number, action: 'evidence.read' | 'evidence.approve') =>
    await findScope(db, (await findActor(db, account))!, action)
  const { units, teachers, accounts: names } = university
  expect(await scopeOf(names.dean, 'evidence.read')).toEqual({
    all: false,
    unitIds: [units.engineering, units.computing],
    teacherId: null,
  })
  expect(await scopeOf(names.head, 'evidence.read')).toEqual({
    all: false,
    unitIds: [units.computing],
    teacherId: teachers.head,
  })
  expect(await scopeOf(names.head, 'evidence.approve')).toEqual({
    all: false,
    unitIds: [units.computing],
    teacherId: null,
  })
  expect(await scopeOf(names.aigul, 'evidence.approve')).toBeNull()
  expect(await scopeOf(names.office, 'evidence.approve')).toEqual({ all: true, unitIds: [], teacherId: null })
})

test('accounts that may do an action are those with a role that the table lets', async () => {
  const { accounts } = pluginAccess(server.database.db)
  const names = async (filter: Partial<Parameters<typeof accounts.list>[0]> & { action: string }) =>
    (await accounts.list({ page: 1, pageSize: 200, ...filter })).items.map(({ name }) => name)
  expect(await names({ action: 'regulation.write' })).toEqual(['office', 'Office'])
  const answering = await names({ action: 'consultation.answer' })
  expect(answering).toContain('Айгүл')
  expect(answering).not.toContain('Nobody')
  const { dean, nobody } = university.accounts
  expect(await names({ action: 'consultation.answer', ids: [dean, nobody, 999_999] })).toEqual(['Dean'])
  expect(await names({ action: 'consultation.answer', ids: [] })).toEqual([])
  expect(await names({ action: 'consultation.answer', search: 'айг' })).toEqual(['Айгүл'])
  await expect(names({ action: 'nothing.at-all' })).rejects.toThrow('no action')
})
