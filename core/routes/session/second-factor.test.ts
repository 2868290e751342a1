import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccount, setRoles, storePassword } from '../../access/accounts.ts'
import { hashPassword } from '../../access/password.ts'
import { codeAt, stepAt } from '../../access/totp.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'

const password = 'төрт түлік мал'
const login = 'aigul@university.kz'
const own = { 'x-ustaz-request': '1', 'accept-language': 'en' }
const start = new Date('2026-06-30T09:00:00Z')

let server: TestApp
let time = start
let account: number
let administrator: number
let hash: string

beforeAll(async () => {
  server = await createTestApp({ settings: { secondFactorRoles: ['office'] } })
  server.context.now = () => time
  hash = await hashPassword(password)
  const admin = { name: 'Admin', email: 'admin@university.kz', teacherId: null }
  administrator = await createAccount(server.context.db, {
    ...admin,
    roles: [{ role: 'administrator', unitId: null }],
  })
})
afterAll(async () => {
  await server.close()
})
beforeEach(async () => {
  const { db } = server.context
  time = start
  await db.deleteFrom('sign_in_guess').execute()
  await db.deleteFrom('account_role').where('account_id', '<>', administrator).execute()
  await db.deleteFrom('account').where('id', '<>', administrator).execute()
  const roles = [{ role: 'head', unitId: null }]
  account = await createAccount(db, { name: 'Айгүл', email: login, teacherId: null, roles })
  await storePassword(db, { accountId: account, hash, at: time })
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const later = (seconds: number) => (time = new Date(time.getTime() + seconds * 1000))
const codeOf = (answer: LightMyRequestResponse) => answer.json<{ code: string }>().code
const signIn = async (fields: object = {}) =>
  await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password, ...fields },
    headers: own,
  })
const cookieOf = (answer: LightMyRequestResponse) => {
  expect(answer.statusCode, answer.body).toBe(200)
  const { name, value } = answer.cookies[0]!
  return `${name}=${value}`
}
const ask = async (cookie: string, method: Method, url: string, payload?: object) =>
  await server.app.inject({
    method,
    url: `/api${url}`,
    headers: { ...own, cookie },
    ...(payload ? { payload } : {}),
  })

/** The bytes of a key in base32. */
function bytesOf(key: string): Buffer {
  const bits = [...key].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
}
const appCode = (key: string, at = time) => codeAt(bytesOf(key), stepAt(at))

async function begin(cookie: string): Promise<{ key: string; address: string }> {
  const answer = await ask(cookie, 'POST', '/account/second-factor', { password })
  expect(answer.statusCode, answer.body).toBe(200)
  return await answer.json()
}
/** Sets it up as a person does; the clock goes on a step, so that a new code counts. */
async function setUp(): Promise<{ key: string; recoveryCodes: string[]; cookie: string }> {
  const cookie = cookieOf(await signIn())
  const { key } = await begin(cookie)
  const answer = await ask(cookie, 'PUT', '/account/second-factor', { code: appCode(key) })
  expect(answer.statusCode, answer.body).toBe(200)
  later(30)
  return { key, cookie, ...answer.json<{ recoveryCodes: string[] }>() }
}
interface Own {
  secondFactor: { confirmedAt: string | null; codesLeft: number; demanded: boolean }
}
const stateOf = async (cookie: string) => (await ask(cookie, 'GET', '/account')).json<Own>().secondFactor

test('setting up: key and address, then a code of the app turns it on and gives ten recovery codes', async () => {
  const cookie = cookieOf(await signIn())
  expect(await stateOf(cookie)).toEqual({ confirmedAt: null, codesLeft: 0, demanded: false })
  const { key, address } = await begin(cookie)
  expect(key).toMatch(/^[A-Z2-7]{32}$/)
  expect(address).toContain(`secret=${key}`)
  expect(address).toContain('aigul%40university.kz')
  expect((await signIn()).statusCode).toBe(200)
  const wrong = await ask(cookie, 'PUT', '/account/second-factor', { code: '000000' })
  expect([wrong.statusCode, codeOf(wrong)]).toEqual([422, 'code-wrong'])
  expect((await stateOf(cookie)).confirmedAt).toBeNull()
  const right = await ask(cookie, 'PUT', '/account/second-factor', { code: appCode(key) })
  const { recoveryCodes } = right.json<{ recoveryCodes: string[] }>()
  expect(new Set(recoveryCodes).size).toBe(10)
  for (const code of recoveryCodes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
  expect(await stateOf(cookie)).toEqual({
    confirmedAt: time.toISOString(),
    codesLeft: 10,
    demanded: false,
  })
})

test('setting up needs the password, and a second time nothing is shown', async () => {
  const { cookie } = await setUp()
  const again = await ask(cookie, 'POST', '/account/second-factor', { password })
  expect([again.statusCode, codeOf(again)]).toEqual([409, 'second-factor-on'])
  await server.context.db.deleteFrom('account_totp').execute()
  for (const guess of ['wrong password', null]) {
    const answer = await ask(cookie, 'POST', '/account/second-factor', { password: guess })
    expect([answer.statusCode, codeOf(answer)]).toEqual([422, 'password-wrong'])
  }
  const confirmed = await ask(cookie, 'PUT', '/account/second-factor', { code: '123456' })
  expect([confirmed.statusCode, codeOf(confirmed)]).toEqual([409, 'second-factor-off'])
})

test('an account without a password (another provider checks it) begins without one', async () => {
  await server.context.db.deleteFrom('account_password').where('account_id', '=', account).execute()
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/account/second-factor',
    payload: { password: null },
    headers: { 'x-ustaz-account': String(account) },
  })
  expect(answer.statusCode).toBe(200)
})

test('signing in asks for the code after the password; without it nobody is in', async () => {
  const { key } = await setUp()
  const asked = await signIn()
  expect([asked.statusCode, codeOf(asked), asked.cookies]).toEqual([401, 'second-factor-needed', []])
  expect(codeOf(await signIn({ password: 'wrong password' }))).toBe('sign-in-refused')
  expect(codeOf(await signIn({ password: 'wrong password', code: appCode(key) }))).toBe('sign-in-refused')
  const wrong = await signIn({ code: '000000' })
  expect([wrong.statusCode, codeOf(wrong), wrong.cookies]).toEqual([401, 'code-wrong', []])
  expect((await signIn({ code: ` ${appCode(key)} ` })).statusCode).toBe(200)
})

test('a code counts once, and no older one after it; not even at the same moment', async () => {
  const { key } = await setUp()
  const code = appCode(key)
  const both = await Promise.all([signIn({ code }), signIn({ code })])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401])
  expect(codeOf(await signIn({ code }))).toBe('code-wrong')
  later(30)
  expect(codeOf(await signIn({ code }))).toBe('code-wrong')
  expect((await signIn({ code: appCode(key) })).statusCode).toBe(200)
  // The one that set it up is spent, too.
  await server.context.db.deleteFrom('account_totp').execute()
  const cookie = cookieOf(await signIn())
  const { key: second } = await begin(cookie)
  const confirming = appCode(second)
  await ask(cookie, 'PUT', '/account/second-factor', { code: confirming })
  expect(codeOf(await signIn({ code: confirming }))).toBe('code-wrong')
})

test('a code is refused when its time and the step of grace are over', async () => {
  const { key } = await setUp()
  const code = appCode(key)
  later(60)
  expect(codeOf(await signIn({ code }))).toBe('code-wrong')
})

test('a recovery code lets in once, however it is typed; what is stored is no code', async () => {
  const { recoveryCodes } = await setUp()
  const [first = '', second = ''] = recoveryCodes
  expect((await signIn({ code: first })).statusCode).toBe(200)
  expect(codeOf(await signIn({ code: first }))).toBe('code-wrong')
  const cookie = cookieOf(await signIn({ code: second.toLowerCase().replaceAll('-', ' ') }))
  expect((await stateOf(cookie)).codesLeft).toBe(8)
  const { rows } = await server.database.pool.query<{ text: string }>(
    'select t::text as text from core.account_recovery_code t',
  )
  expect(rows).toHaveLength(10)
  for (const { text } of rows)
    for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll('-', ''))
})

test("another person's recovery code and app open nothing", async () => {
  const { recoveryCodes, key } = await setUp()
  const { db } = server.context
  const other = await createAccount(db, { name: 'B', email: 'b@university.kz', teacherId: null, roles: [] })
  await storePassword(db, { accountId: other, hash, at: time })
  const theirs = await db.selectFrom('account_totp').selectAll().executeTakeFirstOrThrow()
  await db
    .insertInto('account_totp')
    .values({ ...theirs, account_id: other, secret: Buffer.from('12345678901234567890') })
    .execute()
  for (const code of [recoveryCodes[0]!, appCode(key)])
    expect(codeOf(await signIn({ login: 'b@university.kz', code }))).toBe('code-wrong')
})

test('guesses at the code make one wait like guesses at the password; asking for the code does not', async () => {
  const { key } = await setUp()
  for (let i = 0; i < 12; i++) expect(codeOf(await signIn())).toBe('second-factor-needed')
  for (let i = 0; i < 5; i++) expect(codeOf(await signIn({ code: '000000' }))).toBe('code-wrong')
  const blocked = await signIn({ code: appCode(key) })
  expect([blocked.statusCode, codeOf(blocked)]).toEqual([429, 'sign-in-blocked'])
  expect((await signIn()).statusCode).toBe(429)
  later(31)
  expect((await signIn({ code: appCode(key) })).statusCode).toBe(200)
})

test('codes guessed side by side are counted', async () => {
  await setUp()
  const guesses = Array.from({ length: 12 }, async (_, i) => await signIn({ code: String(100_000 + i) }))
  const answers = await Promise.all(guesses)
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(5)
})

test('turning off needs the password or a code, and guesses are counted', async () => {
  const { cookie, key, recoveryCodes } = await setUp()
  const end = async (proof: object) => await ask(cookie, 'POST', '/account/second-factor/end', proof)
  expect(codeOf(await end({}))).toBe('proof-needed')
  expect(codeOf(await end({ password: 'wrong password' }))).toBe('password-wrong')
  for (let i = 0; i < 5; i++) expect(codeOf(await end({ code: '000000' }))).toBe('code-wrong')
  expect(codeOf(await end({ code: appCode(key) }))).toBe('sign-in-blocked')
  later(31)
  expect((await end({ code: recoveryCodes[3]! })).statusCode).toBe(204)
  expect(await stateOf(cookie)).toMatchObject({ confirmedAt: null, codesLeft: 0 })
  expect((await signIn()).statusCode).toBe(200)
  expect(codeOf(await end({ password }))).toBe('second-factor-off')
})

test('new recovery codes put the old ones out of use', async () => {
  const { cookie, recoveryCodes } = await setUp()
  expect(codeOf(await ask(cookie, 'POST', '/account/second-factor/recovery-codes', {}))).toBe('proof-needed')
  const renewed = await ask(cookie, 'POST', '/account/second-factor/recovery-codes', { password })
  const next = renewed.json<{ recoveryCodes: string[] }>().recoveryCodes
  expect(codeOf(await signIn({ code: recoveryCodes[0]! }))).toBe('code-wrong')
  expect((await signIn({ code: next[0]! })).statusCode).toBe(200)
})

test('an administrator takes it away from who lost it, which stands in the log; nobody else may', async () => {
  await setUp()
  const reset = async (by: number) =>
    await server.app.inject({
      method: 'DELETE',
      url: `/api/accounts/${account}/second-factor`,
      headers: { 'x-ustaz-account': String(by) },
    })
  expect((await reset(account)).statusCode).toBe(403)
  expect(codeOf(await signIn())).toBe('second-factor-needed')
  expect((await reset(administrator)).statusCode).toBe(204)
  expect((await signIn()).statusCode).toBe(200)
  const { rows } = await server.database.pool.query<{ actor: string; action: string; text: string }>(
    `select actor, action, e::text as text from core.audit_entry e
     where table_name = 'core.account_totp' and (key ->> 'account_id')::bigint = $1 order by id`,
    [account],
  )
  expect(rows.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    `account:${account} insert`,
    `account:${account} update`,
    `account:${administrator} delete`,
  ])
  const stored = await server.context.db.selectFrom('account_recovery_code').selectAll().execute()
  expect(stored).toEqual([])
})

test('a link for a new password does not go round the second factor', async () => {
  const { key } = await setUp()
  const link = await server.app.inject({
    method: 'POST',
    url: `/api/accounts/${account}/links`,
    headers: { 'x-ustaz-account': String(administrator) },
  })
  const secret = link.json<{ address: string }>().address.split('#')[1]!
  const next = 'жаңа ұзын құпиясөз'
  await ask('', 'POST', '/links/use', { secret, password: next })
  expect(codeOf(await signIn({ password: next }))).toBe('second-factor-needed')
  expect((await signIn({ password: next, code: appCode(key) })).statusCode).toBe(200)
})

test('whose role must have it does nothing else before it is set up, and everything after', async () => {
  const { db } = server.context
  await setRoles(db, account, [{ role: 'office', unitId: null }])
  const answer = await signIn()
  const cookie = cookieOf(answer)
  expect(answer.json()).toMatchObject({ limit: 'second-factor', actions: ['access.self', 'account.own'] })
  expect(await stateOf(cookie)).toMatchObject({ demanded: true })
  for (const [method, url] of [
    ['GET', '/runs'],
    ['GET', '/people/imports/units/template'],
    ['POST', '/runs'],
    ['GET', '/accounts'],
  ] as const) {
    const refused = await ask(cookie, method, url)
    expect([url, refused.statusCode, codeOf(refused)]).toEqual([url, 403, 'not-allowed'])
  }
  const token = await ask(cookie, 'POST', '/account/tokens', { name: 'a', actions: ['run.read'], days: 1 })
  expect(codeOf(token)).toBe('token-actions')
  const session = await ask(cookie, 'GET', '/session')
  expect(session.json()).toMatchObject({ account: { limit: 'second-factor' } })
  const { key } = await begin(cookie)
  await ask(cookie, 'PUT', '/account/second-factor', { code: appCode(key) })
  expect((await ask(cookie, 'GET', '/runs')).statusCode).toBe(200)
  expect((await ask(cookie, 'GET', '/session')).json()).toMatchObject({ account: { limit: null } })
})

test('whose role need not have it is held back by nothing', async () => {
  const answer = await signIn()
  expect(answer.json()).toMatchObject({ limit: null })
  expect((await ask(cookieOf(answer), 'GET', '/runs')).statusCode).toBe(200)
})
