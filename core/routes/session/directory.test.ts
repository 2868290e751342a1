import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccount, setLocked, setRoles, storePassword } from '../../access/accounts.ts'
import { base, startTestDirectory } from '../../access/ldap/test-directory.ts'
import type { TestDirectory } from '../../access/ldap/test-directory.ts'
import { hashPassword } from '../../access/password.ts'
import { codeAt, stepAt } from '../../access/totp.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'

const password = 'төрт түлік мал'
const email = 'aigul@university.kz'
const headers = { 'x-ustaz-request': '1', 'accept-language': 'en' }
const group = `cn=rating-office,ou=groups,${base}`

let directory: TestDirectory
let server: TestApp
let time: Date

beforeAll(async () => {
  directory = await startTestDirectory()
  const rules = [{ value: group.toUpperCase(), role: 'office', unitCode: null } as const]
  server = await createTestApp({
    settings: { ldap: { ...directory.settings, rules }, secondFactorRoles: ['management'] },
  })
  server.context.now = () => time
})
afterAll(async () => {
  await server.close()
  await directory.close()
})
beforeEach(async () => {
  time = new Date('2026-06-30T09:00:00Z')
  const { db } = server.database
  await db.deleteFrom('sign_in_guess').execute()
  await db.deleteFrom('account_identity').execute()
  await db.deleteFrom('account_role').execute()
  await db.deleteFrom('account').execute()
  directory.asked.splice(0)
  directory.entries.clear()
  putPerson({ memberOf: [group] })
})

function putPerson(attributes: Record<string, string | string[]>) {
  const known = {
    objectClass: 'person',
    uid: 'aigul',
    cn: 'Aigul',
    mail: email,
    entryUUID: '1f0c',
    userPassword: password,
  }
  directory.entries.set(`uid=aigul,ou=people,${base}`, { ...known, ...attributes })
}
const addAccount = async () =>
  await createAccount(server.database.db, { name: 'Айгүл', email, teacherId: null, roles: [] })
const signIn = async (
  login: string,
  secret = password,
  code: string | null = null,
): Promise<LightMyRequestResponse> =>
  await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password: secret, code },
    headers,
  })
const codeOf = (answer: LightMyRequestResponse) => answer.json<{ code: string }>().code

test('the page of sign-in says that a login of the directory will do', async () => {
  expect((await server.app.inject({ url: '/api/session' })).json()).toMatchObject({
    ways: { directory: true },
  })
})

test('login and password of the directory open the account with the same address, with the roles of the groups', async () => {
  const id = await addAccount()
  const answer = await signIn('aigul')
  expect(answer.json()).toMatchObject({ id, name: 'Айгүл', roles: [{ role: 'office', unitId: null }] })
  const [cookie] = answer.cookies
  const asked = await server.app.inject({
    url: '/api/actor',
    headers: { cookie: `${cookie!.name}=${cookie!.value}` },
  })
  expect(asked.json()).toMatchObject({ id })
  putPerson({ memberOf: [] })
  expect((await signIn('aigul')).json()).toMatchObject({ id, roles: [] })
})

test('a password of our own opens as before, and the directory is not asked', async () => {
  const id = await addAccount()
  const own = 'another long phrase'
  await storePassword(server.database.db, { accountId: id, hash: await hashPassword(own), at: time })
  expect((await signIn(email, own)).json()).toMatchObject({ id, roles: [] })
  expect(directory.asked).toEqual([])
  expect((await signIn(email)).json()).toMatchObject({ id })
})

test('whoever has no account is told so, once the password was right', async () => {
  expect([codeOf(await signIn('aigul', 'wrong')), codeOf(await signIn('aigul'))]).toEqual([
    'sign-in-refused',
    'account-none',
  ])
})

test('a locked account stays locked', async () => {
  const id = await addAccount()
  await setLocked(server.database.db, { id, locked: true, at: time })
  expect([codeOf(await signIn('aigul', 'wrong')), codeOf(await signIn('aigul'))]).toEqual([
    'sign-in-refused',
    'account-locked',
  ])
})

test('guesses at logins of the directory are limited like all others, however the login is written', async () => {
  await addAccount()
  for (const login of ['aigul', 'AIGUL', 'ａｉｇｕｌ', ' aigul', 'Aigul']) {
    expect(codeOf(await signIn(login, 'wrong'))).toBe('sign-in-refused')
  }
  directory.asked.splice(0)
  const blocked = await signIn('aigul')
  expect([blocked.statusCode, codeOf(blocked)]).toEqual([429, 'sign-in-blocked'])
  expect(directory.asked).toEqual([])
})

test('the second factor of an account is asked for after the password of the directory, too', async () => {
  const id = await addAccount()
  const secret = Buffer.from('12345678901234567890')
  const set = { account_id: id, secret, confirmed_at: time, last_step: null }
  await server.database.db.insertInto('account_totp').values(set).execute()
  for (let i = 0; i < 7; i++) expect(codeOf(await signIn('aigul'))).toBe('second-factor-needed')
  for (let i = 0; i < 5; i++) expect(codeOf(await signIn('aigul', password, '000000'))).toBe('code-wrong')
  const code = () => codeAt(secret, stepAt(time))
  expect(codeOf(await signIn('aigul', password, code()))).toBe('sign-in-blocked')
  time = new Date(time.getTime() + 31_000)
  expect((await signIn('aigul', password, code())).json()).toMatchObject({ id, limit: null })
  time = new Date(time.getTime() + 60_000)
  expect(codeOf(await signIn('aigul', 'wrong', code()))).toBe('sign-in-refused')
})

test('a role that must have a second factor is held to it after the password of the directory, too', async () => {
  const id = await addAccount()
  await setRoles(server.database.db, id, [{ role: 'management', unitId: null }])
  expect((await signIn('aigul')).json()).toMatchObject({ limit: 'second-factor' })
})

test('while the directory is out of reach passwords of our own still open, and others are told why not', async () => {
  const gone = await startTestDirectory()
  await gone.close()
  const other = await createTestApp({ settings: { ldap: gone.settings } })
  const { db } = other.database
  const id = await createAccount(db, { name: 'A', email, teacherId: null, roles: [] })
  await storePassword(db, { accountId: id, hash: await hashPassword(password), at: time })
  const ask = async (login: string) =>
    await other.app.inject({ method: 'POST', url: '/api/session', payload: { login, password }, headers })
  expect((await ask(email)).statusCode).toBe(200)
  const answer = await ask('aigul')
  expect([answer.statusCode, codeOf(answer)]).toEqual([503, 'provider-unavailable'])
  expect(other.logged.join()).not.toContain(password)
  await other.close()
})
