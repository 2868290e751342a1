import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccount, setLocked, setRoles, storePassword } from '../../access/accounts.ts'
import { getManagedAccount } from '../../access/managed-accounts.ts'
import { hashPassword } from '../../access/password.ts'
import { startTestOpenIdProvider } from '../../access/openid/test-provider.ts'
import type { TestOpenIdProvider } from '../../access/openid/test-provider.ts'
import { createTestUniversity } from '../../evidence/test-university.ts'
import type { TestUniversity } from '../../evidence/test-university.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'

const origin = 'http://localhost'
const headers = { 'x-ustaz-request': '1', 'accept-language': 'en' }
const person = { name: 'Жанар Ахметова', email: 'zhanar@university.kz', email_verified: true }

let provider: TestOpenIdProvider
let server: TestApp
let university: TestUniversity
let time: Date

beforeAll(async () => {
  provider = await startTestOpenIdProvider()
  provider.serve(origin)
  server = await createTestApp({ settings: { openId: provider.settings } })
  server.context.now = () => time
  university = await createTestUniversity(server.database.db)
})
afterAll(async () => {
  await server.close()
  await provider.close()
})
beforeEach(async () => {
  time = new Date('2026-06-30T09:00:00Z')
  provider.people.clear()
  provider.people.set('zhanar', person)
  server.context.config = { ...server.context.config, openId: provider.settings, rolesFromPosts: false }
  const { db } = server.database
  await db.deleteFrom('sign_in_flow').execute()
  await db.deleteFrom('account_identity').execute()
  const old = db.selectFrom('account').select('id').where('email', 'is not', null)
  await db.deleteFrom('account_role').where('account_id', 'in', old).execute()
  await db.deleteFrom('account').where('email', 'is not', null).execute()
})

const set = (change: Partial<TestOpenIdProvider['settings']>, rolesFromPosts = false) => {
  const openId = { ...provider.settings, ...change }
  server.context.config = { ...server.context.config, openId, rolesFromPosts }
}
const addAccount = async (roles: { role: string; unitId: number | null }[] = []) =>
  await createAccount(server.database.db, {
    name: 'Ж. Ахметова',
    email: person.email,
    teacherId: null,
    roles,
  })
const cookiesOf = ({ cookies }: LightMyRequestResponse) =>
  cookies.filter(({ value }) => value !== '').map(({ name, value }) => `${name}=${value}`)
const post = async (url: string, payload: object, cookie = '') =>
  await server.app.inject({ method: 'POST', url: `/api${url}`, payload, headers: { ...headers, cookie } })
const codeOf = (answer: LightMyRequestResponse) => answer.json<{ code: string }>().code

/** A browser's way: to the provider, there as the subject, and back. `changed` is what somebody did to the address on the way. */
async function begin(to = '/people', cookie = '') {
  const answer = await post('/session/openid', { to }, cookie)
  expect(answer.statusCode).toBe(200)
  return { address: answer.json<{ address: string }>().address, cookie: cookiesOf(answer).join('; ') }
}
const finish = async ({ search }: { search: string }, cookie: string) =>
  await post('/session/openid/return', { query: search }, cookie)
async function signIn(subject = 'zhanar', to = '/people') {
  const { address, cookie } = await begin(to)
  return await finish(await provider.visit(address, subject), cookie)
}
const rolesOf = async (accountId: number) =>
  await server.database.db
    .selectFrom('account_role')
    .select(['role', 'unit_id as unitId', 'source'])
    .where('account_id', '=', accountId)
    .orderBy('role')
    .execute()

test('the page of sign-in offers the provider where there is one, and only there', async () => {
  const ways = (await server.app.inject({ url: '/api/session' })).json<{ ways: object }>().ways
  expect(ways).toMatchObject({ openId: true })
  const without = await createTestApp()
  const asked = await without.app.inject({ url: '/api/session' })
  expect(asked.json()).toMatchObject({ ways: { openId: false } })
  const begun = await without.app.inject({
    method: 'POST',
    url: '/api/session/openid',
    payload: { to: '/' },
    headers,
  })
  expect([begun.statusCode, codeOf(begun)]).toEqual([403, 'way-off'])
  await without.close()
})

test('one goes to the provider with a proof key, state and nonce, none of them ever the same', async () => {
  const addresses = [new URL((await begin()).address), new URL((await begin()).address)]
  for (const { origin: at, searchParams } of addresses) {
    expect(at).toBe(provider.issuer)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'ustaz',
      redirect_uri: `${origin}/sign-in/return`,
      code_challenge_method: 'S256',
    })
  }
  for (const name of ['state', 'nonce', 'code_challenge']) {
    const values = addresses.map(({ searchParams }) => searchParams.get(name))
    expect(values.every((value) => value !== null && value.length >= 43)).toBe(true)
    expect(values[0]).not.toBe(values[1])
  }
})

test('whom the provider proves signs in to the account with the same verified address, and goes on', async () => {
  const id = await addAccount([{ role: 'office', unitId: null }])
  const answer = await signIn('zhanar', '/runs/1?league=2')
  expect(answer.json()).toMatchObject({ to: '/runs/1?league=2', account: { id, name: 'Ж. Ахметова' } })
  const session = answer.cookies.find(({ name }) => name === 'ustaz_session')
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(answer.cookies.find(({ name }) => name === 'ustaz_flow')).toMatchObject({ value: '' })
  const asked = await server.app.inject({
    url: '/api/actor',
    headers: { cookie: `ustaz_session=${session!.value}` },
  })
  expect(asked.json()).toMatchObject({ id, roles: [{ role: 'office', unitId: null }] })
  expect(await server.database.db.selectFrom('sign_in_flow').selectAll().execute()).toEqual([])
})

test('later one is known by the subject, whatever became of the address', async () => {
  const id = await addAccount()
  await signIn()
  provider.people.set('zhanar', { ...person, email: 'new-name@university.kz' })
  expect((await signIn()).json()).toMatchObject({ account: { id } })
  provider.people.set('zhanar', { name: person.name })
  expect((await signIn()).json()).toMatchObject({ account: { id } })
})

test('an address that went to somebody else does not open the account of who had it', async () => {
  await addAccount()
  await signIn()
  provider.people.set('successor', { ...person, name: 'Successor' })
  const answer = await signIn('successor')
  expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'account-of-another'])
  expect(cookiesOf(answer)).toEqual([])
})

test('an administrator parts an account from who signs in to it elsewhere, which ends the sessions', async () => {
  const { db } = server.database
  set({ rules: [{ value: 'it', role: 'technician', unitCode: null }] })
  provider.people.set('zhanar', { ...person, groups: ['it'] })
  const id = await addAccount([{ role: 'office', unitId: null }])
  const roles = [{ role: 'administrator', unitId: null }]
  const chief = await createAccount(db, {
    name: 'Chief',
    email: 'chief@university.kz',
    teacherId: null,
    roles,
  })
  const cookie = cookiesOf(await signIn())[0]!
  const as = { ...headers, 'x-ustaz-account': String(chief) }
  const read = async () =>
    (await server.app.inject({ url: `/api/accounts/${id}`, headers: as })).json<object>()
  expect(await read()).toMatchObject({ isKnownElsewhere: true, openSessions: 1 })
  const url = `/api/accounts/${id}/identities`
  const nobody = await server.app.inject({ method: 'DELETE', url, headers: { ...headers, cookie } })
  expect([nobody.statusCode, codeOf(nobody)]).toEqual([403, 'not-allowed'])
  expect((await server.app.inject({ method: 'DELETE', url, headers: as })).json()).toEqual({ forgotten: 1 })
  expect(await read()).toMatchObject({
    isKnownElsewhere: false,
    openSessions: 0,
    roles: [{ role: 'office', source: 'given' }],
  })
  provider.people.set('renamed', person)
  expect((await signIn('renamed')).json()).toMatchObject({ account: { id } })
})

test('administrators change the roles that they give; those that sign-ins bring along stay and say where they are from', async () => {
  set({ rules: [{ value: 'it', role: 'technician', unitCode: null }] })
  const id = await addAccount([{ role: 'office', unitId: null }])
  provider.people.set('zhanar', { ...person, groups: ['it'] })
  await signIn()
  const { db } = server.database
  await setRoles(db, id, [{ role: 'management', unitId: null }])
  const { roles } = await getManagedAccount(db, id, time)
  expect(roles).toEqual([
    { role: 'management', unitId: null, source: 'given' },
    { role: 'technician', unitId: null, source: 'claim' },
  ])
})

test.each([
  ['an address that nobody vouches for', { ...person, email_verified: false }, 'email-unverified'],
  ['an address of which nothing is said', { name: 'A', email: person.email }, 'email-unverified'],
  ['no address', { name: 'A' }, 'email-missing'],
  ['an address without an account', { ...person, email: 'nobody@university.kz' }, 'account-none'],
])('%s lets nobody in', async (_, claims, code) => {
  await addAccount()
  provider.people.set('zhanar', claims)
  const answer = await signIn()
  expect([answer.statusCode, codeOf(answer)]).toEqual([403, code])
  expect(cookiesOf(answer)).toEqual([])
  expect(await server.database.db.selectFrom('account_identity').selectAll().execute()).toEqual([])
})

test('a locked account stays locked, at the first sign-in and at a later one', async () => {
  const id = await addAccount()
  const { db } = server.database
  await setLocked(db, { id, locked: true, at: time })
  expect(codeOf(await signIn())).toBe('account-locked')
  await setLocked(db, { id, locked: false, at: time })
  expect((await signIn()).statusCode).toBe(200)
  await setLocked(db, { id, locked: true, at: time })
  const answer = await signIn()
  expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'account-locked'])
  expect(cookiesOf(answer)).toEqual([])
})

test('where it is allowed, who is unknown is made an account; even if two windows sign in at once it is one', async () => {
  set({ newAccounts: true })
  const answers = await Promise.all([signIn(), signIn()])
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  const ids = answers.map((answer) => answer.json<{ account: { id: number } }>().account.id)
  expect(ids[0]).toBe(ids[1])
  expect(answers[0].json()).toMatchObject({ account: { name: person.name, roles: [], teacherId: null } })
})

test('an answer counts once', async () => {
  await addAccount()
  const { address, cookie } = await begin()
  const back = await provider.visit(address, 'zhanar')
  expect((await finish(back, cookie)).statusCode).toBe(200)
  const again = await finish(back, cookie)
  expect([again.statusCode, codeOf(again)]).toEqual([409, 'sign-in-not-begun'])
  const fresh = await begin()
  const state = new URL(fresh.address).searchParams.get('state')!
  back.searchParams.set('state', state)
  expect(codeOf(await finish(back, fresh.cookie))).toBe('sign-in-unproven')
})

test('a wrong state, none, or the answer of another browser is refused and ends the flow', async () => {
  await addAccount()
  const change: ((back: URL) => void)[] = [
    (back) => back.searchParams.set('state', 'x'.repeat(43)),
    (back) => back.searchParams.delete('state'),
  ]
  for (const spoil of change) {
    const { address, cookie } = await begin()
    const back = await provider.visit(address, 'zhanar')
    const spoilt = new URL(back)
    spoil(spoilt)
    expect(codeOf(await finish(spoilt, cookie))).toBe('sign-in-not-begun')
    expect(codeOf(await finish(back, cookie))).toBe('sign-in-not-begun')
  }
  // Somebody lures a person to the end of the attacker's own sign-in.
  const attacker = await begin()
  const victim = await begin()
  const back = await provider.visit(attacker.address, 'zhanar')
  for (const cookie of ['', victim.cookie]) {
    const answer = await finish(back, cookie)
    expect([codeOf(answer), cookiesOf(answer)]).toEqual(['sign-in-not-begun', []])
  }
})

test('a code that was issued for another proof key is worth nothing', async () => {
  await addAccount()
  const [theirs, ours] = [await begin(), await begin()]
  const stolen = await provider.visit(theirs.address, 'zhanar')
  stolen.searchParams.set('state', new URL(ours.address).searchParams.get('state')!)
  const answer = await finish(stolen, ours.cookie)
  expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'sign-in-unproven'])
})

test('a token with another nonce is refused', async () => {
  await addAccount()
  const { address, cookie } = await begin()
  const changed = new URL(address)
  changed.searchParams.set('nonce', 'of-another-sign-in')
  const answer = await finish(await provider.visit(changed.href, 'zhanar'), cookie)
  expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'sign-in-unproven'])
  expect(cookiesOf(answer)).toEqual([])
})

test('an answer in the name of another issuer is refused', async () => {
  await addAccount()
  const { address, cookie } = await begin()
  const back = await provider.visit(address, 'zhanar')
  expect(back.searchParams.get('iss')).toBe(provider.issuer)
  back.searchParams.set('iss', 'https://evil.example')
  const answer = await finish(back, cookie)
  expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'sign-in-unproven'])
})

test('a provider that calls itself otherwise than the settings do is not gone to', async () => {
  const issuer = provider.issuer.replace('127.0.0.1', 'localhost')
  const other = await createTestApp({ settings: { openId: { ...provider.settings, issuer } } })
  const answer = await other.app.inject({
    method: 'POST',
    url: '/api/session/openid',
    payload: { to: '/' },
    headers,
  })
  expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'sign-in-unproven'])
  expect(other.logged.join()).toContain(issuer)
  await other.close()
})

test('the same subject of another issuer is another person', async () => {
  const id = await addAccount()
  await server.database.db
    .insertInto('account_identity')
    .values({ provider: 'openid:https://former.example', subject: 'zhanar', account_id: id, linked_at: time })
    .execute()
  provider.people.set('zhanar', { ...person, email: 'somebody@university.kz' })
  expect(codeOf(await signIn())).toBe('account-none')
})

test('one has ten minutes', async () => {
  await addAccount()
  const { address, cookie } = await begin()
  const back = await provider.visit(address, 'zhanar')
  time = new Date(time.getTime() + 10 * 60_000)
  const answer = await finish(back, cookie)
  expect([answer.statusCode, codeOf(answer)]).toEqual([409, 'sign-in-not-begun'])
})

test('who turns back at the provider is told so', async () => {
  const { address, cookie } = await begin()
  const state = new URL(address).searchParams.get('state')!
  const query = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer })
  const answer = await finish({ search: `?${query.toString()}` }, cookie)
  expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'provider-refused'])
})

test('a provider that is out of reach is said to be so, and asked again by the next person', async () => {
  const gone = await startTestOpenIdProvider()
  await gone.close()
  const other = await createTestApp({ settings: { openId: gone.settings } })
  for (let i = 0; i < 2; i++) {
    const answer = await other.app.inject({
      method: 'POST',
      url: '/api/session/openid',
      payload: { to: '/' },
      headers: { ...headers, 'accept-language': 'kk' },
    })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('жауап бермейді') as unknown })
  }
  await other.close()
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/sign-in/return',
])('an address to go on to that points elsewhere (%s) leads to the first page', async (to) => {
  await addAccount()
  expect((await signIn('zhanar', to)).json()).toMatchObject({ to: '/' })
})

test('fixation: a session that the browser held before is not taken over, and ends', async () => {
  const id = await addAccount()
  const first = cookiesOf(await signIn())[0]!
  const { address, cookie } = await begin('/', first)
  const back = await provider.visit(address, 'zhanar')
  const planted = 'ustaz_session=attackers-own-choice-of-a-token'
  const answer = await finish(back, `${cookie}; ${planted}`)
  const next = cookiesOf(answer)
  expect(next).toHaveLength(1)
  expect([first, planted]).not.toContain(next[0])
  const nameOf = async (held: string) =>
    (await server.app.inject({ url: '/api/session', headers: { cookie: held } })).json<{
      account: { id: number } | null
    }>().account?.id ?? null
  expect(await nameOf(planted)).toBeNull()
  const second = await begin()
  const again = await finish(await provider.visit(second.address, 'zhanar'), `${second.cookie}; ${next[0]!}`)
  expect(again.statusCode).toBe(200)
  expect([await nameOf(next[0]!), await nameOf(cookiesOf(again)[0]!)]).toEqual([null, id])
})

test('forgery: neither begins nor ends a sign-in what does not come from a page of ours', async () => {
  const { address, cookie } = await begin()
  const { search } = await provider.visit(address, 'zhanar')
  for (const foreign of [{}, { ...headers, origin: 'https://evil.example' }]) {
    for (const [url, payload] of [
      ['/api/session/openid', { to: '/' }],
      ['/api/session/openid/return', { query: search }],
    ] as const) {
      const answer = await server.app.inject({
        method: 'POST',
        url,
        payload,
        headers: { ...foreign, cookie },
      })
      expect(answer.statusCode).toBe(403)
      expect(cookiesOf(answer)).toEqual([])
    }
  }
})

test('claims give roles by the rules, renewed at each sign-in; what administrators gave stays', async () => {
  const { units } = university
  set({
    rules: [
      { value: 'rating-office', role: 'office', unitCode: null },
      { value: 'deans', role: 'dean', unitCode: 'eng' },
      { value: 'lost', role: 'dean', unitCode: 'NO-SUCH-UNIT' },
      { value: 'it', role: 'technician', unitCode: null },
    ],
  })
  const id = await addAccount([{ role: 'technician', unitId: null }])
  provider.people.set('zhanar', { ...person, groups: ['rating-office', 'deans', 'lost', 'it', 'unknown'] })
  const answer = await signIn()
  expect(answer.statusCode).toBe(200)
  expect(await rolesOf(id)).toEqual([
    { role: 'dean', unitId: units.engineering, source: 'claim' },
    { role: 'office', unitId: null, source: 'claim' },
    { role: 'technician', unitId: null, source: 'given' },
  ])
  expect(server.logged.at(-1)).toContain('NO-SUCH-UNIT')

  provider.people.set('zhanar', { ...person, groups: 'deans' })
  const { account } = (await signIn()).json<{ account: { actions: string[] } }>()
  expect((await rolesOf(id)).map(({ role }) => role)).toEqual(['dean', 'technician'])
  expect(account.actions).not.toContain('run.start')

  provider.people.set('zhanar', person)
  await signIn()
  expect(await rolesOf(id)).toEqual([{ role: 'technician', unitId: null, source: 'given' }])
})

test('the audit log says that a sign-in brought the roles along', async () => {
  set({ rules: [{ value: 'it', role: 'technician', unitCode: null }] })
  const id = await addAccount()
  provider.people.set('zhanar', { ...person, groups: ['it'] })
  await signIn()
  const entries = await server.database.db
    .selectFrom('audit_entry')
    .select(['actor', 'action', 'after', 'request'])
    .where('table_name', '=', 'core.account_role')
    .orderBy('id', 'desc')
    .limit(1)
    .execute()
  expect(entries).toMatchObject([
    { actor: 'sign-in:openid', action: 'insert', after: { account_id: id, source: 'claim' } },
  ])
  expect(entries[0]!.request).not.toBe('')
})

test('posts give roles: teacher by an appointment, head and dean by who leads, until the last day', async () => {
  const { db } = server.database
  const { units } = university
  set({ newAccounts: true }, true)
  const code = 'T-NEW'
  const { id: teacherId } = await db
    .insertInto('teacher')
    .values({ code, family_name: 'Ахметова', given_name: 'Жанар' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const post_ = { teacher_id: teacherId, starts_on: '2025-09-01', ends_on: '2026-06-30' }
  await db
    .insertInto('appointment')
    .values({ ...post_, unit_id: units.computing, rate: '1' })
    .execute()
  await db
    .insertInto('leadership')
    .values([
      { ...post_, unit_id: units.computing },
      { ...post_, unit_id: units.engineering, ends_on: '2025-12-31' },
    ])
    .execute()
  provider.people.set('zhanar', { ...person, staff_number: code })
  const { account } = (await signIn()).json<{ account: { id: number; teacherId: number } }>()
  expect(account.teacherId).toBe(teacherId)
  expect(await rolesOf(account.id)).toEqual([
    { role: 'head', unitId: units.computing, source: 'appointment' },
    { role: 'teacher', unitId: null, source: 'appointment' },
  ])
  const own = 'another long phrase'
  const signInHere = async () => {
    const answer = await post('/session', { login: person.email, password: own })
    return answer.json<{ roles: { role: string }[] }>().roles.map(({ role }) => role)
  }
  await storePassword(db, { accountId: account.id, hash: await hashPassword(own), at: time })
  time = new Date('2026-07-01T09:00:00Z')
  await signIn()
  expect(await rolesOf(account.id)).toEqual([])
  time = new Date('2026-06-30T23:00:00Z')
  expect(await signInHere()).toEqual(['head', 'teacher'])
  set({}, false)
  expect(await signInHere()).toEqual([])
})

test('a number of a teacher who has an account joins nobody else', async () => {
  const { db } = server.database
  const taken = await db
    .selectFrom('teacher')
    .select('code')
    .where('id', '=', university.teachers.aigul)
    .executeTakeFirstOrThrow()
  await addAccount()
  provider.people.set('zhanar', { ...person, staff_number: taken.code })
  expect((await signIn()).json()).toMatchObject({ account: { teacherId: null } })
})

test('who came by the provider is led there to sign out, after the session here has ended', async () => {
  await addAccount()
  const cookie = cookiesOf(await signIn())[0]!
  const answer = await server.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { ...headers, cookie },
  })
  const next = new URL(answer.json<{ next: string }>().next)
  expect(next.origin).toBe(provider.issuer)
  expect(Object.fromEntries(next.searchParams)).toEqual({
    client_id: 'ustaz',
    post_logout_redirect_uri: `${origin}/sign-in`,
  })
  expect((await fetch(next)).status).toBe(200)
  expect((await server.app.inject({ url: '/api/actor', headers: { cookie } })).statusCode).toBe(401)
  const nobody = await server.app.inject({ method: 'DELETE', url: '/api/session', headers })
  expect(nobody.json()).toEqual({ next: null })
})

test('neither tokens nor codes of the provider are kept or logged', async () => {
  await addAccount()
  const { address, cookie } = await begin()
  const back = await provider.visit(address, 'zhanar')
  const code = back.searchParams.get('code')!
  await finish(back, cookie)
  await finish(back, cookie)
  const { rows } = await server.database.pool.query<{ text: string }>(
    `select t::text as text from core.account_identity t union all select t::text from core.account_session t
     union all select t::text from core.audit_entry t`,
  )
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.some(({ text }) => text.includes(code))).toBe(false)
  expect(server.logged.join()).not.toContain(code)
})
