import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccount, setLocked, storePassword, updateAccount } from '../../access/accounts.ts'
import { createLink } from '../../access/links.ts'
import { hashPassword } from '../../access/password.ts'
import { createResetQueue, sendReset, startResetWorker } from '../../access/reset-by-mail.ts'
import { startMailWorker } from '../../mail/mail-worker.ts'
import { createMailQueue } from '../../mail/queue-mail.ts'
import { startTestMailbox } from '../../mail/test-mailbox.ts'
import type { TestMailbox } from '../../mail/test-mailbox.ts'
import { createTestApp } from '../../testing/create-test-app.ts'
import type { TestApp } from '../../testing/create-test-app.ts'

const password = 'төрт түлік мал'
const next = 'жаңа ұзын құпиясөз'
const own = { 'x-ustaz-request': '1', 'accept-language': 'en' }
const start = new Date('2026-06-30T09:00:00Z')
const patient = { timeout: 20_000 }

let server: TestApp
let mailbox: TestMailbox
let time = start
let account: number
let hash: string
/** Each test has people of its own: a mail is sent once under its key. */
let count = 0
let email: string

beforeAll(async () => {
  mailbox = await startTestMailbox()
  const mail = { smtpUrl: mailbox.url, from: 'Ustaz <ustaz@university.example>' }
  server = await createTestApp({ settings: { mail, publicUrl: 'http://127.0.0.1:4870' } })
  server.context.now = () => time
  await createMailQueue(server.context.jobs)
  await createResetQueue(server.context.jobs)
  await startMailWorker(server.context)
  await startResetWorker(server.context)
  hash = await hashPassword(password)
})
afterAll(async () => {
  await server.close()
  await mailbox.close()
})
beforeEach(async () => {
  time = start
  mailbox.received.length = 0
  await server.context.db.deleteFrom('sign_in_guess').execute()
  count += 1
  email = `person${count}@university.example`
  account = await createAccount(server.context.db, { name: 'Айгүл', email, teacherId: null, roles: [] })
  await storePassword(server.context.db, { accountId: account, hash, at: time })
})

const post = async (url: string, payload: object, headers: Record<string, string> = own) =>
  await server.app.inject({ method: 'POST', url: `/api${url}`, payload, headers })
const codeOf = (answer: LightMyRequestResponse) => answer.json<{ code: string }>().code
const secretIn = (text: string) => /#([\w-]{43})/.exec(text)?.[1] ?? ''
const received = async (to: string) => {
  await expect.poll(() => mailbox.received.filter((mail) => mail.to.includes(to)).length, patient).toBe(1)
  return mailbox.received.find((mail) => mail.to.includes(to))!
}
/** What was asked for before has been worked off when this one's mail is there. */
async function workedOff(): Promise<void> {
  const { db } = server.context
  const name = `last${count}@university.example`
  await createAccount(db, { name: 'Last', email: name, teacherId: null, roles: [] })
  await post('/links/reset', { email: name })
  await received(name)
}

test('a forgotten password: a link comes by mail in the language of the person, and sets a new one once', async () => {
  expect((await post('/links/reset', { email: email.toUpperCase() })).statusCode).toBe(204)
  const mail = await received(email)
  expect(mail.subject).toBe('Ustaz: жаңа құпиясөз')
  expect(mail.text).toContain('http://127.0.0.1:4870/set-password#')
  const secret = secretIn(mail.text)
  expect((await post('/links/read', { secret })).json()).toMatchObject({ purpose: 'reset', email })
  expect((await post('/links/use', { secret, password: next })).statusCode).toBe(204)
  expect(codeOf(await post('/links/use', { secret, password: next }))).toBe('link-invalid')
  expect((await post('/session', { login: email, password: next })).statusCode).toBe(200)
  expect((await post('/session', { login: email, password })).statusCode).toBe(401)
})

test('the answer is the same whether or not anybody signs in by the address, and takes the same time', async () => {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const answers = new Set<string>()
  for (let i = 0; i < 15; i++) {
    for (const [kind, address] of [
      ['known', email],
      ['unknown', `nobody${i}@university.example`],
    ] as const) {
      await server.context.db.deleteFrom('sign_in_guess').execute()
      const began = performance.now()
      const { statusCode, body, headers } = await post('/links/reset', { email: address })
      times[kind].push(performance.now() - began)
      answers.add(`${statusCode} ${body} ${Object.keys(headers).sort().join()}`)
    }
  }
  expect(answers.size).toBe(1)
  const median = (values: number[]) => values.sort((a, b) => a - b)[7]!
  const ratio = median(times.known) / median(times.unknown)
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('however often it is asked for, one mail an hour is sent, and its link goes on working', async () => {
  for (let i = 0; i < 4; i++) await post('/links/reset', { email })
  const secret = secretIn((await received(email)).text)
  await workedOff()
  expect(mailbox.received.filter((mail) => mail.to.includes(email))).toHaveLength(1)
  expect((await post('/links/read', { secret })).statusCode).toBe(200)
  mailbox.received.length = 0
  time = new Date(start.getTime() + 3_600_000)
  expect((await post('/links/read', { secret })).statusCode).toBe(404)
  await post('/links/reset', { email })
  expect(secretIn((await received(email)).text)).not.toBe(secret)
})

test('asking is limited by the typed address, known or not, and by the peer', async () => {
  for (const address of [email, 'nobody@university.example']) {
    for (let i = 0; i < 5; i++) expect((await post('/links/reset', { email: address })).statusCode).toBe(204)
    const refused = await post('/links/reset', { email: address })
    expect([refused.statusCode, codeOf(refused)]).toEqual([429, 'sign-in-blocked'])
  }
  await server.context.db
    .insertInto('sign_in_guess')
    .values({ subject: 'address:127.0.0.1', failures: 49, last_at: time, blocked_until: null })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ failures: 49 }))
    .execute()
  expect((await post('/links/reset', { email: 'a@university.example' })).statusCode).toBe(204)
  expect((await post('/links/reset', { email: 'b@university.example' })).statusCode).toBe(429)
  // Asking for a link keeps nobody from signing in from elsewhere.
  const elsewhere = await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: email, password },
    headers: own,
    remoteAddress: '10.0.0.9',
  })
  expect(elsewhere.statusCode).toBe(200)
})

test('no link goes to who is locked, or signs in by another provider only', async () => {
  const { db } = server.context
  await setLocked(db, { id: account, locked: true, at: time })
  const name = `provider${count}@university.example`
  const other = await createAccount(db, { name: 'B', email: name, teacherId: null, roles: [] })
  const identity = { provider: 'university', subject: name, account_id: other, linked_at: time }
  await db.insertInto('account_identity').values(identity).execute()
  for (const address of [email, name])
    expect((await post('/links/reset', { email: address })).statusCode).toBe(204)
  await workedOff()
  expect(mailbox.received.filter((mail) => mail.to.includes(email) || mail.to.includes(name))).toEqual([])
  const links = await db
    .selectFrom('account_link')
    .select('id')
    .where('account_id', 'in', [account, other])
    .execute()
  expect(links).toEqual([])
})

test('doing the work twice, or at the same moment, sends one mail', async () => {
  await Promise.all([sendReset(server.context, account), sendReset(server.context, account)])
  await sendReset(server.context, account)
  await received(email)
  await workedOff()
  expect(mailbox.received.filter((mail) => mail.to.includes(email))).toHaveLength(1)
})

test('without a mail server nothing can be asked for, and the page is told', async () => {
  const silent = await createTestApp()
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) =>
    await silent.app.inject({ method, url: `/api${url}`, headers: own, ...(payload ? { payload } : {}) })
  expect((await ask('GET', '/session')).json()).toMatchObject({ ways: { resetByMail: false } })
  const refused = await ask('POST', '/links/reset', { email })
  expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'way-off'])
  await silent.close()
  const told = await server.app.inject({ url: '/api/session' })
  expect(told.json()).toMatchObject({ ways: { resetByMail: true } })
})

async function withoutEmail(): Promise<number> {
  const { db } = server.context
  const id = await createAccount(db, {
    name: 'B',
    email: `gone${count}@university.example`,
    teacherId: null,
    roles: [],
  })
  await updateAccount(db, id, { name: 'B', email: null, teacherId: null })
  await db.insertInto('account_role').values({ account_id: id, role: 'teacher', unit_id: null }).execute()
  return id
}
const enter = async (id: number, payload: object) =>
  await post('/account/email', { password: null, ...payload }, { ...own, 'x-ustaz-account': String(id) })

test('a person without an address enters one; it counts once the link that was sent there is opened', async () => {
  const { db } = server.context
  const id = await withoutEmail()
  const wanted = `Own${count}@university.example`
  expect((await enter(id, { email: wanted })).statusCode).toBe(204)
  const mail = await received(wanted)
  expect(mail.text).toContain('/confirm-email#')
  const emailOf = async () =>
    (await db.selectFrom('account').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email
  expect(await emailOf()).toBeNull()
  const secret = secretIn(mail.text)
  // It confirms an address and sets no password.
  expect(codeOf(await post('/links/read', { secret }))).toBe('link-invalid')
  expect(codeOf(await post('/links/use', { secret, password: next }))).toBe('link-invalid')
  expect((await post('/links/email', { secret })).json()).toEqual({ email: wanted })
  expect(await emailOf()).toBe(wanted.toLowerCase())
  expect(codeOf(await post('/links/email', { secret }))).toBe('link-invalid')
  expect(codeOf(await enter(id, { email: wanted }))).toBe('email-set')
})

test('a link for a password confirms no address, and an address link ends after a day', async () => {
  const { db } = server.context
  const { secret } = await createLink(db, { accountId: account, purpose: 'reset', createdBy: null, at: time })
  expect(codeOf(await post('/links/email', { secret }))).toBe('link-invalid')
  const id = await withoutEmail()
  const link = await createLink(db, {
    accountId: id,
    purpose: 'email',
    email: 'x@y.kz',
    createdBy: null,
    at: time,
  })
  time = new Date(start.getTime() + 24 * 3_600_000)
  expect(codeOf(await post('/links/email', { secret: link.secret }))).toBe('link-invalid')
})

test('an address that another account has is refused when it is confirmed, not before', async () => {
  const id = await withoutEmail()
  expect((await enter(id, { email })).statusCode).toBe(204)
  const secret = secretIn((await received(email)).text)
  const refused = await post('/links/email', { secret })
  expect([refused.statusCode, codeOf(refused)]).toEqual([409, 'email-taken'])
})

test('who has a password enters it too, and guesses are counted', async () => {
  const id = await withoutEmail()
  await storePassword(server.context.db, { accountId: id, hash, at: time })
  const wanted = `late${count}@university.example`
  for (const guess of [null, 'wrong password'])
    expect(codeOf(await enter(id, { email: wanted, password: guess }))).toBe('password-wrong')
  expect((await enter(id, { email: wanted, password })).statusCode).toBe(204)
})

test('another address of an account puts links out of use that were given for the old one; sessions go on', async () => {
  const { db } = server.context
  await db
    .insertInto('account_role')
    .values({ account_id: account, role: 'teacher', unit_id: null })
    .execute()
  const signedIn = await post('/session', { login: email, password })
  const cookie = `${signedIn.cookies[0]!.name}=${signedIn.cookies[0]!.value}`
  const { secret } = await createLink(db, { accountId: account, purpose: 'reset', createdBy: null, at: time })
  await updateAccount(db, account, { name: 'New name', email: email.toUpperCase(), teacherId: null })
  expect((await post('/links/read', { secret })).statusCode).toBe(200)
  await updateAccount(db, account, { name: 'New name', email: `new-${email}`, teacherId: null })
  expect((await post('/links/read', { secret })).statusCode).toBe(404)
  const asked = await server.app.inject({ url: '/api/actor', headers: { cookie } })
  expect(asked.json()).toMatchObject({ name: 'New name' })
  expect((await post('/session', { login: email, password })).statusCode).toBe(401)
  expect((await post('/session', { login: `new-${email}`, password })).statusCode).toBe(200)
})
