import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccount, setLocked, storePassword } from '../../access/accounts.ts'
import { createLink } from '../../access/links.ts'
import { hashPassword } from '../../access/password.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'

const password = 'төрт түлік мал'
const right = { login: 'aigul@university.kz', password }
const own = { 'x-ustaz-request': '1', 'accept-language': 'en' }

let server: TestApp
let time = new Date('2026-06-30T09:00:00Z')
let account: number
let hash: string

beforeAll(async () => {
  server = await createTestApp()
  server.context.now = () => time
  hash = await hashPassword(password)
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  const { db } = server.database
  time = new Date('2026-06-30T09:00:00Z')
  await db.deleteFrom('sign_in_guess').execute()
  await db.deleteFrom('account_role').execute()
  await db.deleteFrom('account').execute()
  const person = { name: 'Айгүл', email: 'Aigul@University.kz', teacherId: null }
  account = await createAccount(db, { ...person, roles: [{ role: 'administrator', unitId: null }] })
  await storePassword(db, { accountId: account, hash, at: time })
})

const later = (minutes: number) => (time = new Date(time.getTime() + minutes * 60_000))
const cookieOf = (answer: LightMyRequestResponse) => {
  const { name, value } = answer.cookies[0]!
  return `${name}=${value}`
}
const signIn = async (
  body: object = right,
  headers: Record<string, string> = {},
  remoteAddress = '10.0.0.1',
) =>
  await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: body,
    headers: { ...own, ...headers },
    remoteAddress,
  })
const ask = async (url: string, cookie: string) =>
  await server.app.inject({ url: `/api${url}`, headers: { cookie, 'accept-language': 'en' } })
const change = async (
  method: 'POST' | 'PUT' | 'DELETE',
  url: string,
  {
    cookie = '',
    payload = {},
    headers = own,
  }: { cookie?: string; payload?: object; headers?: Record<string, string> } = {},
) => await server.app.inject({ method, url: `/api${url}`, payload, headers: { cookie, ...headers } })
const codeOf = (answer: LightMyRequestResponse) => answer.json<{ code: string }>().code
const nameOf = async (cookie: string) =>
  (await ask('/session', cookie)).json<{ account: { name: string } | null }>().account?.name ?? null

test('login and password open a session, kept in a cookie that no script reads and no other site sends', async () => {
  const answer = await signIn({ ...right, login: ' AIGUL@university.kz ' })
  expect(answer.json()).toMatchObject({
    id: account,
    name: 'Айгүл',
    actions: expect.arrayContaining(['account.manage']) as unknown,
  })
  expect(answer.cookies).toMatchObject([
    { name: 'ustaz_session', path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 12 * 3600 },
  ])
  expect(await nameOf(cookieOf(answer))).toBe('Айгүл')
  expect((await ask('/actor', cookieOf(answer))).statusCode).toBe(200)
})

test('what is stored opens nothing: neither cookie nor link can be read from the database', async () => {
  const cookie = cookieOf(await signIn())
  const { secret } = await createLink(server.database.db, {
    accountId: account,
    purpose: 'reset',
    createdBy: null,
    at: time,
  })
  for (const table of ['account_session', 'account_link'] as const) {
    const { rows } = await server.database.pool.query<{ text: string }>(
      `select t::text as text from core.${table} t`,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]!.text).not.toContain(cookie.split('=')[1])
    expect(rows[0]!.text).not.toContain(secret)
  }
})

test('over TLS the cookie is secure, and its name tells that no other host has set it', async () => {
  const tls = await createTestApp({
    settings: { publicUrl: 'https://ustaz.example' },
    now: time.toISOString(),
  })
  const id = await createAccount(tls.database.db, {
    name: 'A',
    email: right.login,
    teacherId: null,
    roles: [],
  })
  await storePassword(tls.database.db, { accountId: id, hash, at: time })
  const headers = { ...own, host: 'ustaz.example' }
  const answer = await tls.app.inject({ method: 'POST', url: '/api/session', payload: right, headers })
  expect(answer.cookies).toMatchObject([{ name: '__Host-ustaz_session', secure: true, path: '/' }])
  const plain = { ...headers, cookie: `ustaz_session=${answer.cookies[0]!.value}` }
  const asked = await tls.app.inject({ url: '/api/session', headers: plain })
  expect(asked.json()).toMatchObject({ account: null })
  await tls.close()
})

test('unknown login, wrong password, no password and a locked account get the same answer', async () => {
  const { db } = server.database
  await createAccount(db, { name: 'New', email: 'new@university.kz', teacherId: null, roles: [] })
  const locked = await createAccount(db, {
    name: 'L',
    email: 'locked@university.kz',
    teacherId: null,
    roles: [],
  })
  await storePassword(db, { accountId: locked, hash, at: time })
  await setLocked(db, { id: locked, locked: true, at: time })
  const attempts = [
    { login: 'nobody@university.kz', password },
    { ...right, password: 'төрт түлік мал!' },
    { login: 'new@university.kz', password },
    { login: 'locked@university.kz', password },
  ]
  const answers = []
  for (const attempt of attempts) answers.push(await signIn(attempt))
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
  expect([answers[0]!.statusCode, codeOf(answers[0]!)]).toEqual([401, 'sign-in-refused'])
  expect(answers.every(({ cookies }) => cookies.length === 0)).toBe(true)
})

test('the clock does not tell an unknown login from a wrong password', async () => {
  const times: Record<string, number[]> = { known: [], unknown: [] }
  for (let i = 0; i < 9; i++) {
    for (const [kind, login] of [
      ['known', right.login],
      ['unknown', `nobody${i}@university.kz`],
    ] as const) {
      await server.database.db.deleteFrom('sign_in_guess').execute()
      const began = performance.now()
      await signIn({ login, password: 'wrong password' })
      times[kind]!.push(performance.now() - began)
    }
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[4]!
  const ratio = median(times['known']!) / median(times['unknown']!)
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('after five guesses one waits, longer each time; the right password does not help until then', async () => {
  const wrong = { ...right, password: 'wrong password' }
  for (let i = 0; i < 5; i++) expect(codeOf(await signIn(wrong))).toBe('sign-in-refused')
  expect((await signIn(wrong)).statusCode).toBe(429)
  const seconds = async () => (await signIn()).json<{ params: { seconds: number } }>().params.seconds
  expect(await seconds()).toBe(30)
  later(0.5)
  expect(codeOf(await signIn(wrong))).toBe('sign-in-refused')
  expect(await seconds()).toBe(60)
  later(1)
  expect((await signIn()).statusCode).toBe(200)
  for (let i = 0; i < 5; i++) expect(codeOf(await signIn(wrong))).toBe('sign-in-refused')
})

test('guesses at a login that nobody has are counted alike, and guesses side by side too', async () => {
  const guess = async () => await signIn({ login: 'nobody@university.kz', password: 'wrong password' })
  const answers = await Promise.all(Array.from({ length: 12 }, guess))
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(7)
})

test('one address cannot go through many logins', async () => {
  await server.database.db
    .insertInto('sign_in_guess')
    .values({ subject: 'address:10.0.0.66', failures: 49, last_at: time, blocked_until: null })
    .execute()
  const guess = async (i: number, address: string) =>
    await signIn({ login: `person${i}@university.kz`, password: 'summer2026' }, {}, address)
  expect((await guess(1, '10.0.0.66')).statusCode).toBe(401)
  expect((await guess(2, '10.0.0.66')).statusCode).toBe(429)
  expect((await guess(3, '10.0.0.67')).statusCode).toBe(401)
})

test('fixation: what the browser held before is not taken over, and ends', async () => {
  const planted = 'ustaz_session=attackers-own-choice-of-a-token'
  const answer = await signIn(right, { cookie: planted })
  expect(cookieOf(answer)).not.toBe(planted)
  expect(await nameOf(planted)).toBeNull()
  const first = cookieOf(answer)
  const second = cookieOf(await signIn(right, { cookie: first }))
  expect(second).not.toBe(first)
  expect([await nameOf(first), await nameOf(second)]).toEqual([null, 'Айгүл'])
})

test('a session ends when nobody asks anything for two hours, and after twelve in any case', async () => {
  const idle = cookieOf(await signIn())
  later(119)
  expect(await nameOf(idle)).toBe('Айгүл')
  later(119)
  expect(await nameOf(idle)).toBe('Айгүл')
  later(121)
  expect(await nameOf(idle)).toBeNull()
  const busy = cookieOf(await signIn())
  for (let hour = 1; hour < 12; hour++) {
    later(60)
    expect(await nameOf(busy)).toBe('Айгүл')
  }
  later(60)
  expect(await nameOf(busy)).toBeNull()
  const refused = await ask('/actor', busy)
  expect([refused.statusCode, codeOf(refused)]).toEqual([401, 'sign-in-needed'])
})

test('signing out ends the session and takes the cookie away', async () => {
  const cookie = cookieOf(await signIn())
  const answer = await change('DELETE', '/session', { cookie })
  expect([answer.statusCode, answer.cookies[0]]).toMatchObject([200, { name: 'ustaz_session', value: '' }])
  expect(answer.json()).toEqual({ next: null })
  expect(await nameOf(cookie)).toBeNull()
})

test('signing out everywhere ends all sessions; locking an account ends them too', async () => {
  const cookies = [cookieOf(await signIn()), cookieOf(await signIn()), cookieOf(await signIn())]
  expect((await change('DELETE', '/account/sessions', { cookie: cookies[0]! })).json()).toEqual({ ended: 3 })
  for (const cookie of cookies) expect(await nameOf(cookie)).toBeNull()
  const again = cookieOf(await signIn())
  const { db } = server.database
  await createAccount(db, {
    name: 'B',
    email: 'b@u.kz',
    teacherId: null,
    roles: [{ role: 'administrator', unitId: null }],
  })
  await setLocked(db, { id: account, locked: true, at: time })
  expect(await nameOf(again)).toBeNull()
  expect(codeOf(await signIn())).toBe('sign-in-refused')
})

test('one session of a list can be ended, and nobody can end that of another', async () => {
  const [here, there] = [cookieOf(await signIn()), cookieOf(await signIn())]
  const { db } = server.database
  const other = await createAccount(db, {
    name: 'B',
    email: 'b@u.kz',
    teacherId: null,
    roles: [{ role: 'office', unitId: null }],
  })
  const { items } = (await ask('/account/sessions', here)).json<{
    items: { id: number; current: boolean }[]
  }>()
  expect(items.map(({ current }) => current).sort()).toEqual([false, true])
  const { id } = items.find(({ current }) => !current)!
  const foreign = await server.app.inject({
    method: 'DELETE',
    url: `/api/account/sessions/${id}`,
    headers: { 'x-ustaz-account': String(other) },
  })
  expect([foreign.statusCode, codeOf(foreign)]).toEqual([404, 'session-not-found'])
  expect(await nameOf(there)).toBe('Айгүл')
  expect((await change('DELETE', `/account/sessions/${id}`, { cookie: here })).statusCode).toBe(204)
  expect([await nameOf(here), await nameOf(there)]).toEqual(['Айгүл', null])
})

test('changing the password needs the present one, ends the other sessions and renews this one', async () => {
  const [here, there] = [cookieOf(await signIn()), cookieOf(await signIn())]
  const next = 'жаңа ұзын құпиясөз'
  const put = async (payload: object) => await change('PUT', '/account/password', { cookie: here, payload })
  expect(codeOf(await put({ current: 'wrong password', next }))).toBe('password-wrong')
  expect(codeOf(await put({ current: password, next: 'aaaaaaaaaa' }))).toBe('password-weak')
  expect(await nameOf(there)).toBe('Айгүл')
  const changed = await put({ current: password, next })
  expect(changed.statusCode).toBe(204)
  expect(await Promise.all([here, there, cookieOf(changed)].map(nameOf))).toEqual([null, null, 'Айгүл'])
  expect((await signIn({ ...right, password: next })).statusCode).toBe(200)
  expect((await signIn()).statusCode).toBe(401)
})

test('guesses at the present password from within a session are counted as well', async () => {
  const cookie = cookieOf(await signIn())
  const put = async () =>
    await change('PUT', '/account/password', {
      cookie,
      payload: { current: 'guess', next: 'жаңа ұзын құпиясөз' },
    })
  for (let i = 0; i < 5; i++) expect(codeOf(await put())).toBe('password-wrong')
  expect(codeOf(await put())).toBe('sign-in-blocked')
})

test('a hash of older parameters is replaced at sign-in', async () => {
  const { db } = server.database
  const old = await hashPassword(password, { memory: 8192, passes: 2, parallelism: 1 })
  await storePassword(db, { accountId: account, hash: old, at: time })
  expect((await signIn()).statusCode).toBe(200)
  const stored = await db.selectFrom('account_password').select('hash').executeTakeFirstOrThrow()
  expect(stored.hash).toContain('m=47104,t=1,p=1')
  expect((await signIn()).statusCode).toBe(200)
})

test.each([
  ['no header of ours', {}],
  ['another value', { 'x-ustaz-request': '0' }],
])('forgery: a change with the cookie but %s is refused, signed in or not', async (_, headers) => {
  const cookie = cookieOf(await signIn())
  for (const [method, url] of [
    ['DELETE', '/session'],
    ['POST', '/session'],
    ['DELETE', '/account/sessions'],
    ['POST', '/accounts'],
    ['PUT', '/plugins/any/enabled'],
  ] as const) {
    const answer = await change(method, url, { cookie, headers, payload: right })
    expect([url, answer.statusCode, codeOf(answer)]).toEqual([url, 403, 'forgery-suspected'])
  }
  expect(await nameOf(cookie)).toBe('Айгүл')
})

test('forgery: a form of another site is refused by its origin, whatever else it carries', async () => {
  const cookie = cookieOf(await signIn())
  const headers = { ...own, origin: 'https://evil.example' }
  expect(codeOf(await change('DELETE', '/session', { cookie, headers }))).toBe('foreign-origin')
  expect(await nameOf(cookie)).toBe('Айгүл')
})

test('the header by which tests act, and the cookie of old, let nobody in', async () => {
  const { buildApp } = await import('../../app.ts')
  const app = await buildApp(server.context, {
    routes: (await import('../index.ts')).coreRoutes,
    webFolder: null,
  })
  for (const headers of [{ 'x-ustaz-account': String(account) }, { cookie: `ustaz_account=${account}` }]) {
    expect((await app.inject({ url: '/api/actor', headers })).statusCode).toBe(401)
  }
  await app.close()
})

test('one click signs in nobody where the demonstration has not turned it on', async () => {
  for (const answer of [
    await change('POST', '/demo/session', { payload: { accountId: account } }),
    await ask('/demo/people', ''),
  ]) {
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'way-off'])
    expect(answer.cookies).toEqual([])
  }
})

test('in the demonstration one click signs in anybody who is not locked', async () => {
  const demo = await createTestApp({ settings: { demoSignIn: true } })
  const { db } = demo.database
  const id = await createAccount(db, { name: 'A', email: 'a@u.kz', teacherId: null, roles: [] })
  const click = async (accountId: number) =>
    await demo.app.inject({ method: 'POST', url: '/api/demo/session', payload: { accountId }, headers: own })
  expect((await click(id)).json()).toMatchObject({ id, name: 'A' })
  expect((await click(999)).statusCode).toBe(404)
  await setLocked(db, { id, locked: true, at: time })
  expect((await click(id)).statusCode).toBe(404)
  await demo.close()
})

test('a link sets the password once, ends the sessions, and is used up only then', async () => {
  const cookie = cookieOf(await signIn())
  const { secret } = await createLink(server.database.db, {
    accountId: account,
    purpose: 'reset',
    createdBy: null,
    at: time,
  })
  const use = async (next: string) =>
    await change('POST', '/links/use', { payload: { secret, password: next } })
  const read = await change('POST', '/links/read', { payload: { secret } })
  expect(read.json()).toMatchObject({ purpose: 'reset', name: 'Айгүл', email: 'aigul@university.kz' })
  expect(codeOf(await use('short'))).toBe('password-weak')
  const both = await Promise.all([use('ұзын жаңа құпиясөз'), use('басқа жаңа құпиясөз')])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404])
  expect(codeOf(await use('ұзын жаңа құпиясөз'))).toBe('link-invalid')
  expect(await nameOf(cookie)).toBeNull()
  expect((await signIn()).statusCode).toBe(401)
})

test('a link ends with its time, and with the next one', async () => {
  const { db } = server.database
  const make = async () =>
    (await createLink(db, { accountId: account, purpose: 'reset', createdBy: null, at: time })).secret
  const isValid = async (secret: string) =>
    (await change('POST', '/links/read', { payload: { secret } })).statusCode === 200
  const [first, second] = [await make(), await make()]
  expect([await isValid(first), await isValid(second)]).toEqual([false, true])
  later(59)
  expect(await isValid(second)).toBe(true)
  later(1)
  expect(await isValid(second)).toBe(false)
})

test('bodies that are too large or hold more than they should are refused before anything is looked up', async () => {
  const large = await signIn({ login: 'a@u.kz', password: 'x'.repeat(3_000_000) })
  expect([large.statusCode, codeOf(large)]).toEqual([413, 'body-too-large'])
  const long = await signIn({ login: 'a@u.kz', password: 'x'.repeat(201) })
  expect([long.statusCode, codeOf(long)]).toEqual([400, 'input-invalid'])
  const more = await signIn({ ...right, roles: ['administrator'] })
  expect([more.statusCode, codeOf(more)]).toEqual([400, 'input-invalid'])
  expect(await server.database.db.selectFrom('sign_in_guess').selectAll().execute()).toEqual([])
})
