import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setLocked, setRoles } from '../../access/accounts.ts'
import { actions as allActions, isOpen } from '../../access/rights.ts'
import { hashSecret } from '../../access/secret.ts'
import { createTestEvidence } from '../../evidence/test-evidence.ts'
import type { TestEvidence } from '../../evidence/test-evidence.ts'
import { coreRoutes } from '../index.ts'
import { sessionRoutes } from './index.ts'

const start = new Date('2026-06-30T09:00:00Z')
let time = start
let server: TestEvidence
let administrator: number
let office: number

beforeAll(async () => {
  server = await createTestEvidence()
  server.context.now = () => time
  office = server.university.accounts.office
  const { db } = server.context
  const row = { name: 'Admin', teacher_id: null }
  administrator = (await db.insertInto('account').values(row).returning('id').executeTakeFirstOrThrow()).id
  await setRoles(db, administrator, [{ role: 'administrator', unitId: null }])
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  time = start
  await server.context.db.deleteFrom('api_token').execute()
  await setRoles(server.context.db, office, [{ role: 'office', unitId: null }])
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const codeOf = (answer: LightMyRequestResponse) => answer.json<{ code: string }>().code
/** Asks as an account with a session, as from the product's own page. */
const by = async (account: number, method: Method, url: string, payload?: object) =>
  await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { 'x-ustaz-account': String(account), 'accept-language': 'en' },
    ...(payload ? { payload } : {}),
  })
/** Asks as a program does: with the token and nothing else. */
const withToken = async (token: string, method: Method, url: string, payload?: object) =>
  await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
    ...(payload ? { payload } : {}),
  })
async function make(
  account: number,
  actions: string[],
  fields: object = {},
): Promise<{ id: number; token: string; expiresAt: string }> {
  const answer = await by(account, 'POST', '/account/tokens', {
    name: 'script',
    actions,
    days: 30,
    ...fields,
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return await answer.json()
}
interface Listed {
  items: { id: number; usedAt: string | null; revokedAt: string | null }[]
  grantable: string[]
}
const listed = async (account: number) => (await by(account, 'GET', '/account/tokens')).json<Listed>()

test('a token is shown once, only its hash is stored, and the list says what it may do and till when', async () => {
  const { token, expiresAt, id } = await make(office, ['run.read', 'evidence.read', 'run.read'])
  expect(token).toMatch(/^ustaz_[\w-]{43}$/)
  expect(expiresAt).toBe('2026-07-30T09:00:00.000Z')
  const { rows } = await server.database.pool.query<{ text: string; token_hash: Buffer }>(
    'select t::text as text, token_hash from core.api_token t',
  )
  expect(rows[0]!.text).not.toContain(token.slice(6))
  expect(rows[0]!.token_hash).toEqual(hashSecret(token))
  const { body } = await by(office, 'GET', '/account/tokens')
  expect(body).not.toContain(token)
  expect((await listed(office)).items).toEqual([
    {
      id,
      name: 'script',
      actions: ['evidence.read', 'run.read'],
      createdAt: start.toISOString(),
      expiresAt,
      usedAt: null,
      revokedAt: null,
    },
  ])
})

test('a token reads and changes what it was made for, with neither cookie nor the header against forgery', async () => {
  const { token } = await make(office, ['run.read', 'delegation.write'])
  expect((await withToken(token, 'GET', '/runs')).statusCode).toBe(200)
  const delegation = { startsOn: '2026-07-01', endsOn: '2026-07-02', toAccountId: 999_999 }
  const changed = await withToken(token, 'POST', '/approval/delegations', delegation)
  expect(['not-allowed', 'forgery-suspected', 'token-invalid']).not.toContain(codeOf(changed))
  expect((await withToken(token, 'GET', '/actor')).json()).toMatchObject({
    id: office,
    actions: ['access.self', 'delegation.write', 'run.read'],
  })
})

const routes = [...coreRoutes, ...sessionRoutes].map(({ route }) => route)
const pathOf = (path: string) => path.replace(/:kind/, 'units').replace(/:\w+/g, '999999')

test('a token for one action is refused at every route that names another', async () => {
  const { token } = await make(office, ['evidence.read'])
  const reached: string[] = []
  for (const { method, path, action } of routes.filter(
    ({ action: named }) => !isOpen(named as 'access.self'),
  )) {
    const answer = await withToken(token, method, pathOf(path))
    if (answer.statusCode === 403 && codeOf(answer) === 'not-allowed') continue
    reached.push(action)
  }
  expect([...new Set(reached)].sort()).toEqual(['access.self', 'evidence.read'])
})

test('no token manages accounts, passwords, tokens or sessions, whatever its owner may', async () => {
  const { grantable } = await listed(administrator)
  for (const action of ['account.own', 'account.read', 'account.manage', 'session.open'])
    expect(grantable).not.toContain(action)
  const { token } = await make(administrator, grantable)
  // Neither does one whose row came to say so.
  await server.context.db.updateTable('api_token').set({ actions: allActions }).execute()
  const managing = routes.filter(({ action }) => action.startsWith('account.'))
  expect(managing.length).toBeGreaterThan(12)
  for (const { method, path } of managing) {
    const answer = await withToken(token, method, pathOf(path))
    expect([path, answer.statusCode, codeOf(answer)]).toEqual([path, 403, 'not-allowed'])
  }
  const signedIn = await withToken(token, 'GET', '/session')
  expect(signedIn.json()).toMatchObject({ account: null })
  expect(codeOf(await withToken(token, 'DELETE', '/session'))).toBe('forgery-suspected')
})

test.each([
  ['what the person may not do', ['run.start']],
  ['administration', ['account.manage']],
  ['signing in', ['session.open']],
  ['what nobody knows', ['run.read', 'toString']],
])('a token for %s is not made', async (_, actions) => {
  const { aigul } = server.university.accounts
  const answer = await by(aigul, 'POST', '/account/tokens', { name: 'a', actions, days: 1 })
  expect([answer.statusCode, codeOf(answer)]).toEqual([422, 'token-actions'])
  expect((await listed(aigul)).items).toEqual([])
})

test.each([
  { days: 0 },
  { days: 366 },
  { days: 1.5 },
  { actions: [] },
  { name: ' ' },
  { expiresAt: '2099-01-01' },
])('a token with %o is not made', async (fields) => {
  const body = { name: 'a', actions: ['run.read'], days: 1, ...fields }
  const answer = await by(office, 'POST', '/account/tokens', body)
  expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'input-invalid'])
})

test('a token never does more than its owner may now: what the owner loses, it loses at once', async () => {
  const { db } = server.context
  const { token } = await make(office, ['run.start', 'run.read'])
  const status = async (method: Method, url: string) => (await withToken(token, method, url)).statusCode
  expect([await status('GET', '/runs'), await status('POST', '/runs')]).toEqual([200, 400])
  await setRoles(db, office, [{ role: 'management', unitId: null }])
  expect([await status('GET', '/runs'), await status('POST', '/runs')]).toEqual([200, 403])
  await setRoles(db, office, [{ role: 'administrator', unitId: null }])
  expect(await status('GET', '/audit')).toBe(403)
  await setRoles(db, office, [])
  expect(await status('GET', '/runs')).toBe(403)
})

test("a head's token reaches no further than the head: another department's teacher stays out", async () => {
  const { accounts, teachers } = server.university
  const { token } = await make(accounts.head, ['evidence.read', 'evidence.write'])
  const { id } = await server.enterWork()
  expect((await withToken(token, 'GET', `/evidence/${id}`)).statusCode).toBe(200)
  const foreign = await server.ask('elsewhere', 'POST', '/evidence', {
    indicator: 'test.work',
    data: { title: 'Elsewhere', pages: 3 },
    happenedOn: '2026-05-01',
    participants: [{ teacherId: teachers.elsewhere, name: 'S', role: 'lead', share: null, affiliated: true }],
  })
  expect((await withToken(token, 'GET', `/evidence/${foreign.body.id}`)).statusCode).toBe(404)
})

test('a step of evidence needs its own action: moving alone approves nothing', async () => {
  const { head } = server.university.accounts
  const { id } = await server.enterWork()
  await server.move('aigul', id, 'submit')
  const { revision } = await server.context.db
    .selectFrom('evidence')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const approve = async (actions: string[]) => {
    const { token } = await make(head, actions)
    const move = { action: 'approve', revision, reason: null }
    return (await withToken(token, 'POST', `/evidence/${id}/moves`, move)).statusCode
  }
  expect(await approve(['evidence.move', 'evidence.read'])).toBe(403)
  expect(await approve(['evidence.approve', 'evidence.read'])).toBe(403)
  expect(await approve(['evidence.move', 'evidence.read', 'evidence.approve'])).toBe(200)
})

test('a token that expired, was revoked, is unknown, or whose owner is locked is refused alike', async () => {
  const { db } = server.context
  const { aigul } = server.university.accounts
  const answers: LightMyRequestResponse[] = []
  const first = await make(aigul, ['run.read'], { days: 1 })
  time = new Date(start.getTime() + 86_400_000 - 1)
  expect((await withToken(first.token, 'GET', '/runs')).statusCode).toBe(200)
  time = new Date(start.getTime() + 86_400_000)
  answers.push(await withToken(first.token, 'GET', '/runs'))
  const second = await make(aigul, ['run.read'])
  expect((await by(aigul, 'DELETE', `/account/tokens/${second.id}`)).statusCode).toBe(204)
  answers.push(await withToken(second.token, 'GET', '/runs'))
  answers.push(await withToken('ustaz_0123456789012345678901234567890123456789012', 'GET', '/runs'))
  const third = await make(aigul, ['run.read'])
  await setLocked(db, { id: aigul, locked: true, at: time })
  answers.push(await withToken(third.token, 'GET', '/runs'))
  await setLocked(db, { id: aigul, locked: false, at: time })
  expect((await withToken(third.token, 'GET', '/runs')).statusCode).toBe(200)
  for (const answer of answers) {
    expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'token-invalid'])
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  }
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
})

test('a bad token is not saved by a good cookie, and the hash of a token is no token', async () => {
  const { token } = await make(office, ['run.read'])
  const headers = { 'x-ustaz-account': String(office), authorization: 'Bearer ustaz_nothing' }
  const answer = await server.app.inject({ url: '/api/runs', headers })
  expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'token-invalid'])
  const hash = hashSecret(token)
  for (const text of [hash.toString('hex'), hash.toString('base64url')])
    expect((await withToken(text, 'GET', '/runs')).statusCode).toBe(401)
})

test('last use is written down, a minute apart at most', async () => {
  const { token } = await make(office, ['run.read'])
  const used = async () => (await listed(office)).items[0]!.usedAt
  await withToken(token, 'GET', '/runs')
  expect(await used()).toBe(start.toISOString())
  time = new Date(start.getTime() + 59_000)
  await withToken(token, 'GET', '/runs')
  expect(await used()).toBe(start.toISOString())
  time = new Date(start.getTime() + 61_000)
  await withToken(token, 'GET', '/runs')
  expect(await used()).toBe(time.toISOString())
})

test('nobody revokes the token of another, but an administrator sees and revokes it', async () => {
  const { aigul } = server.university.accounts
  const { id, token } = await make(office, ['run.read'])
  const foreign = await by(aigul, 'DELETE', `/account/tokens/${id}`)
  expect([foreign.statusCode, codeOf(foreign)]).toEqual([404, 'token-not-found'])
  for (const account of [aigul, office]) {
    expect((await by(account, 'GET', `/accounts/${office}/tokens`)).statusCode).toBe(403)
    expect((await by(account, 'DELETE', `/accounts/${office}/tokens/${id}`)).statusCode).toBe(403)
  }
  const seen = (await by(administrator, 'GET', `/accounts/${office}/tokens`)).json<Listed>()
  expect(seen.items.map((item) => item.id)).toEqual([id])
  expect((await by(administrator, 'DELETE', `/accounts/${aigul}/tokens/${id}`)).statusCode).toBe(404)
  expect((await by(administrator, 'GET', '/accounts/999999/tokens')).statusCode).toBe(404)
  expect((await by(administrator, 'DELETE', `/accounts/${office}/tokens/${id}`)).statusCode).toBe(204)
  expect((await withToken(token, 'GET', '/runs')).statusCode).toBe(401)
  const { revokedAt } = (await listed(office)).items[0]!
  time = new Date(start.getTime() + 5000)
  await by(administrator, 'DELETE', `/accounts/${office}/tokens/${id}`)
  expect((await listed(office)).items[0]!.revokedAt).toBe(revokedAt)
})

test('twenty are valid at a time, also when they are made at once', async () => {
  const body = { name: 'a', actions: ['run.read'], days: 1 }
  const answers = await Promise.all(
    Array.from({ length: 23 }, async () => await by(office, 'POST', '/account/tokens', body)),
  )
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20)
  const refused = answers.filter(({ statusCode }) => statusCode !== 200)
  expect(refused.map(codeOf)).toEqual(Array.from({ length: 3 }, () => 'token-limit'))
  const { items } = await listed(office)
  await by(office, 'DELETE', `/account/tokens/${items[0]!.id}`)
  expect((await by(office, 'POST', '/account/tokens', body)).statusCode).toBe(200)
})

test('making and revoking stand in the log of changes, without the hash; using does not', async () => {
  const { id, token } = await make(office, ['run.read'])
  await withToken(token, 'GET', '/runs')
  await by(administrator, 'DELETE', `/accounts/${office}/tokens/${id}`)
  const { rows } = await server.database.pool.query<{ actor: string; action: string; text: string }>(
    `select actor, action, e::text as text from core.audit_entry e
     where table_name = 'core.api_token' and (key ->> 'id')::bigint = $1 order by id`,
    [id],
  )
  expect(rows.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    `account:${office} insert`,
    `account:${administrator} update`,
  ])
  for (const { text } of rows) expect(text).not.toContain(hashSecret(token).toString('hex'))
})

test('what is grantable is what one may, without administration', async () => {
  const { grantable } = await listed(office)
  expect(grantable).toContain('run.start')
  expect(grantable.every((action) => allActions.some((known) => known === action))).toBe(true)
})
