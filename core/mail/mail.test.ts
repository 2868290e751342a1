import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { deleteOldMail, startMailWorker } from './mail-worker.ts'
import { canMail, createMailQueue, messageId, queueMail } from './queue-mail.ts'
import { startTestMailbox } from './test-mailbox.ts'
import type { TestMailbox } from './test-mailbox.ts'

let server: TestApp
let mailbox: TestMailbox
let context: TestApp['context']
beforeAll(async () => {
  server = await createTestApp()
  mailbox = await startTestMailbox()
  const mail = { smtpUrl: mailbox.url, from: 'Ustaz <ustaz@university.example>' }
  context = { ...server.context, config: { ...server.context.config, mail } }
  await createMailQueue(context.jobs)
  await startMailWorker(context)
})
afterAll(async () => {
  await server.close()
  await mailbox.close()
})
beforeEach(() => {
  mailbox.received.length = 0
  mailbox.answer = () => null
})

const letter = (key: string) => ({ key, to: 'aigul@university.example', subject: 'Сәлем', text: 'Қағаз\n' })
const queue = async (key: string, to = letter(key).to) =>
  await context.db.transaction().execute(async (trx) => await queueMail(context, trx, { ...letter(key), to }))
const stored = async (key: string) =>
  await context.db
    .selectFrom('mail')
    .select(['text', 'sent_at', 'failed_at', 'failure'])
    .where('key', '=', key)
    .executeTakeFirst()

test('a mail arrives as it was written, in Kazakh, and its text is forgotten', async () => {
  expect(await queue('first')).toBe(true)
  await expect.poll(() => mailbox.received.length, { timeout: 15_000 }).toBe(1)
  const [mail] = mailbox.received
  expect(mail).toMatchObject({
    from: 'ustaz@university.example',
    to: ['aigul@university.example'],
    subject: 'Сәлем',
    text: 'Қағаз',
    messageId: messageId('first', 'ustaz@university.example'),
  })
  expect(mail?.headers['auto-submitted']).toBe('auto-generated')
  await expect.poll(async () => (await stored('first'))?.text, { timeout: 15_000 }).toBeNull()
})

test('what is asked for twice under one key is sent once', async () => {
  expect(await Promise.all([queue('twice'), queue('twice')])).toContain(false)
  expect(await queue('twice')).toBe(false)
  await queue('after')
  await expect.poll(() => mailbox.received.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2)
  expect(mailbox.received.map(({ messageId: id }) => id).sort()).toEqual(
    ['twice', 'after'].map((key) => messageId(key, 'ustaz@university.example')).sort(),
  )
})

test('what is rolled back is not sent', async () => {
  const rolledBack = context.db.transaction().execute(async (trx) => {
    await queueMail(context, trx, letter('never'))
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  expect(await stored('never')).toBeUndefined()
  await queue('sure')
  await expect.poll(() => mailbox.received.length, { timeout: 15_000 }).toBe(1)
})

test('a server that is busy is asked again, and the mail bears the same name', async () => {
  let tries = 0
  mailbox.answer = () => (++tries === 1 ? { code: 451, text: 'try later' } : null)
  await queue('busy')
  await expect.poll(() => tries, { timeout: 15_000 }).toBe(1)
  // Now, and not after the half minute that the queue waits.
  const hurry = async () =>
    (
      await context.pool.query(
        "update pgboss.job set start_after = now() where name = 'mail-send' and state = 'retry'",
      )
    ).rowCount
  await expect.poll(hurry, { timeout: 15_000 }).toBe(1)
  await expect.poll(() => mailbox.received.length, { timeout: 20_000 }).toBe(1)
  expect(tries).toBe(2)
})

test('what the server refuses for good is given up with its answer', async () => {
  mailbox.answer = ({ to }) => (to === 'gone@university.example' ? { code: 550, text: 'no such box' } : null)
  await queue('gone', 'gone@university.example')
  await expect
    .poll(async () => (await stored('gone'))?.failure, { timeout: 15_000 })
    .toContain('550 no such box')
  expect(await stored('gone')).toMatchObject({ text: null, sent_at: null })
})

test('a line break in a subject or address adds no header', async () => {
  await context.db.transaction().execute(async (trx) => {
    const subject = 'Hello\r\nBcc: thief@evil.example'
    await queueMail(context, trx, { ...letter('broken'), subject })
  })
  await expect.poll(() => mailbox.received.length, { timeout: 15_000 }).toBe(1)
  expect(mailbox.received[0]).toMatchObject({ to: ['aigul@university.example'] })
  expect(mailbox.received[0]?.headers['bcc']).toBeUndefined()
})

test('after half a year it is forgotten to whom mail went; what is still to be sent stays', async () => {
  const old = { created_at: new Date('2025-06-30'), recipient: 'a@b.kz', subject: 'old' }
  await context.db
    .insertInto('mail')
    .values([
      { ...old, key: 'old-sent', text: null, sent_at: new Date('2025-06-30') },
      { ...old, key: 'old-waiting', text: 'waits' },
    ])
    .execute()
  await deleteOldMail(context)
  expect([await stored('old-sent'), (await stored('old-waiting'))?.text]).toEqual([undefined, 'waits'])
})

test('without a mail server nothing is queued', async () => {
  const without = server.context
  expect(canMail(without)).toBe(false)
  const queued = await without.db
    .transaction()
    .execute(async (trx) => await queueMail(without, trx, letter('no-server')))
  expect(queued).toBe(false)
  expect(await stored('no-server')).toBeUndefined()
})
