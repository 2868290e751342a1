import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppContext } from '../app-context.ts'
import type { Notice } from '../contract/resources/notices.ts'
import { startMailWorker } from '../mail/mail-worker.ts'
import { createMailQueue } from '../mail/queue-mail.ts'
import { startTestMailbox } from '../mail/test-mailbox.ts'
import type { TestMailbox } from '../mail/test-mailbox.ts'
import { sendReminders } from './reminders.ts'
import { createTestApproval } from './test-approval.ts'
import type { TestApproval } from './test-approval.ts'
import { testStages } from './test-stages.ts'

let approval: TestApproval
let mailbox: TestMailbox
beforeAll(async () => {
  // Works are of 2026-05-01; submitting closes on 10 July, deciding on 20 July.
  approval = await createTestApproval({
    approval: {
      stages: testStages,
      entering: { closes: { day: '07-10' } },
      approving: { closes: { day: '07-20' } },
    },
  })
  mailbox = await startTestMailbox()
  const { context, id } = approval
  const mail = async (account: string, columns: object) =>
    await context.db
      .updateTable('account')
      .set({ email: `${account}@university.example`, ...columns })
      .where('id', '=', id(account))
      .execute()
  await mail('head', { language: 'ru' })
  await mail('aigul', {})
  await mail('dean', { wants_mail: false })
  await createMailQueue(context.jobs)
  await startMailWorker(on('2026-06-30'))
})
afterAll(async () => {
  await approval.close()
  await mailbox.close()
})

/** The same product on another day, with a mail server. */
function on(day: string): AppContext {
  const { context } = approval
  const mail = { smtpUrl: mailbox.url, from: 'ustaz@university.example' }
  return { ...context, config: { ...context.config, mail }, now: () => new Date(`${day}T03:00:00Z`) }
}
const unread = async (account: string) => {
  const { body } = await approval.as(account, 'GET', '/notices?unread=true')
  return (body as { items: Notice[] }).items.map(({ kind, text }) => [kind, text])
}
const arrive = async (count: number) => {
  await expect.poll(() => mailbox.received.length, { timeout: 20_000 }).toBe(count)
  return mailbox.received.splice(0).map(({ to, subject, text }) => ({ to: to[0], subject, text }))
}

test('who decides gets one digest a day, however much waits, in their language', async () => {
  const ids = [await approval.submitted(), await approval.submitted(), await approval.submitted()]
  await approval.context.db
    .updateTable('evidence_turn')
    .set({ due_on: '2026-06-28' })
    .where('evidence_id', '=', ids[0]!)
    .execute()
  await sendReminders(on('2026-06-30'))
  await sendReminders(on('2026-06-30'))
  const [letter] = await arrive(1)
  expect(letter).toMatchObject({ to: 'head@university.example', subject: 'Ustaz: Ждут вашего решения: 3' })
  expect(letter?.text).toContain('из них просрочено: 1. Самая старая поступила 2026-06-30.')
  expect(letter?.text).toContain('http://127.0.0.1:4870/approval')
  expect(letter?.text).toContain('Отключить эти письма можно здесь: http://127.0.0.1:4870/notices')
  expect(await unread('head')).toMatchObject([
    ['queue-digest', expect.stringContaining('decision: 3, overdue: 1')],
  ])
})

test('the next day the new digest takes the place of the old one', async () => {
  await sendReminders(on('2026-07-01'))
  expect((await unread('head')).map(([kind]) => kind)).toEqual(['queue-digest'])
  await arrive(1)
})

test('a week and a day before submitting closes, who has drafts is told how many', async () => {
  await approval.enterWork()
  await approval.enterWork()
  await sendReminders(on('2026-07-02'))
  expect(await unread('aigul')).toEqual([])
  await sendReminders(on('2026-07-03'))
  await sendReminders(on('2026-07-03'))
  expect(await unread('aigul')).toEqual([
    ['entering-closes', 'What you have not submitted yet: 2. It can be submitted until 2026-07-10.'],
  ])
  expect(await unread('marat')).toEqual([])
  const letters = await arrive(3)
  expect(letters.filter(({ to }) => to === 'aigul@university.example')).toHaveLength(1)
  await sendReminders(on('2026-07-09'))
  expect(await unread('aigul')).toHaveLength(1)
  await arrive(2)
})

test('before deciding closes, who still has something is told; after it the office learns what hangs, and nobody is asked any more', async () => {
  await approval.as('head', 'POST', '/notices/read', {})
  await sendReminders(on('2026-07-13'))
  expect((await unread('head')).map(([kind]) => kind).sort()).toEqual(['deciding-closes', 'queue-digest'])
  await arrive(2)
  await sendReminders(on('2026-07-21'))
  expect(await unread('office')).toMatchObject([['hanging', expect.stringContaining('left in a stage: 3')]])
  await approval.as('head', 'POST', '/notices/read', {})
  await sendReminders(on('2026-07-22'))
  expect(await unread('head')).toEqual([])
})

test('who has turned mail off gets notices and no mail; a decision about their work reaches those who take part', async () => {
  mailbox.received.length = 0
  const { as, id } = approval
  expect((await as('dean', 'GET', '/notices/contact')).body).toEqual({
    email: 'dean@university.example',
    language: 'kk',
    wantsMail: false,
    sendsMail: false,
  })
  expect((await as('aigul', 'PUT', '/notices/contact', { language: 'en', wantsMail: false })).status).toBe(
    200,
  )
  const work = await approval.submitted()
  await approval.go('head', work, 'return', 'which pages?')
  expect((await unread('aigul')).at(0)).toEqual(['evidence-returned', '"Алгебра" was returned: which pages?'])
  const { body } = await as('marat', 'POST', '/notices/read', { ids: await noticesOf(id('aigul')) })
  expect(body).toEqual({ unread: 0 })
  expect((await unread('aigul')).length).toBeGreaterThan(0)
  expect(mailbox.received).toEqual([])
})
async function noticesOf(accountId: number): Promise<number[]> {
  const rows = await approval.context.db
    .selectFrom('notice')
    .select('id')
    .where('account_id', '=', accountId)
    .execute()
  return rows.map(({ id }) => id)
}
