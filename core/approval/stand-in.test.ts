import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AbsentDecider, Delegation, QueueItem, Relative } from '../contract/resources/approval.ts'
import type { EvidenceDetail } from '../contract/resources/evidence.ts'
import { findBroken } from '../evidence/test-university.ts'
import { createTestApproval } from './test-approval.ts'
import type { TestApproval } from './test-approval.ts'

let approval: TestApproval
beforeAll(async () => {
  // Days of delegations are those of the database's clock.
  approval = await createTestApproval({ now: new Date().toISOString() })
})
afterAll(async () => {
  expect(await findBroken(approval.context.db)).toEqual([])
  await approval.close()
})

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
async function delegate(from: string, to: string, days: [number, number], by = from) {
  const json = {
    fromAccountId: by === from ? null : approval.id(from),
    toAccountId: approval.id(to),
    startsOn: inDays(days[0]),
    endsOn: inDays(days[1]),
  }
  const { status, body } = await approval.as(by, 'POST', '/approval/delegations', json)
  return { status, ...(body as Delegation & { code?: string }) }
}
const end = async (account: string, id: number) =>
  (await approval.as(account, 'DELETE', `/approval/delegations/${id}`)).status
const queue = async (account: string) =>
  ((await approval.as(account, 'GET', '/approval/queue')).body as { items: QueueItem[] }).items

test('a stand-in decides on the days of the delegation, and the history names both', async () => {
  const { submitted, go, as } = approval
  const id = await submitted()
  expect(await go('elsewhere', id, 'approve')).toBe('404 evidence-not-found')
  const { id: delegation, state } = await delegate('head', 'elsewhere', [0, 3])
  expect(state).toBe('in-force')
  expect(await queue('elsewhere')).toMatchObject([{ evidenceId: id, insteadOf: 'Виктор', holder: 'head' }])
  expect(await go('elsewhere', id, 'approve')).toBe('200 submitted')
  const { history, approval: way } = (await as('office', 'GET', `/evidence/${id}`)).body as EvidenceDetail
  expect(history.at(-1)).toMatchObject({ action: 'pass', account: 'Анна', insteadOf: 'Виктор' })
  expect(way.stages[0]?.turns).toMatchObject([{ account: 'Анна', insteadOf: 'Виктор', outcome: 'pass' }])
  expect(await end('head', delegation)).toBe(200)
  const read = async (entry: number) => (await as('elsewhere', 'GET', `/evidence/${entry}`)).status
  expect(await read(id)).toBe(200)
  const later = await submitted()
  expect(await read(later)).toBe(404)
  expect(await go('elsewhere', later, 'approve')).toBe('404 evidence-not-found')
  expect(await go('head', later, 'approve')).toBe('200 submitted')
})

test('before its first day and after its last a delegation gives nothing', async () => {
  const { submitted, go, context } = approval
  const id = await submitted()
  const ahead = await delegate('head', 'elsewhere', [1, 2])
  expect(ahead.state).toBe('ahead')
  expect(await go('elsewhere', id, 'approve')).toBe('404 evidence-not-found')
  await context.db
    .updateTable('delegation')
    .set({ starts_on: inDays(-3), ends_on: inDays(-1) })
    .where('id', '=', ahead.id)
    .execute()
  expect(await go('elsewhere', id, 'approve')).toBe('404 evidence-not-found')
  await end('head', ahead.id)
})

test('a stand-in decides neither about own work nor about that of whom they stand in for', async () => {
  const { submitted, go, turnsOf, university } = approval
  const { id: delegation } = await delegate('head', 'aigul', [0, 3])
  const own = await submitted()
  expect(await go('aigul', own, 'approve')).toBe('403 evidence-not-allowed')
  const { body } = await approval.as('aigul', 'POST', '/approval/relatives', {
    teacherId: university.teachers.marat,
  })
  const marats = await submittedByMarat()
  expect(await turnsOf(marats)).toEqual(['S1 head cs'])
  expect(await go('aigul', marats, 'approve')).toBe('404 evidence-not-found')
  expect(await go('head', marats, 'approve')).toBe('200 submitted')
  await approval.as('office', 'DELETE', `/approval/relatives/${(body as Relative).id}`)
  await end('head', delegation)
})

async function submittedByMarat(): Promise<number> {
  const { enterWork, go, university } = approval
  const participants = [
    { teacherId: university.teachers.marat, name: 'M', role: 'lead', share: null, affiliated: true },
  ]
  const { id } = await enterWork({ participants }, 'marat')
  await go('marat', id, 'submit')
  return id
}

test('what cannot be: for oneself, backwards, in the past, for a year and more, twice, by or for those who decide nothing', async () => {
  const refused = async (...request: Parameters<typeof delegate>) => {
    const { status, code } = await delegate(...request)
    return `${status} ${code}`
  }
  expect(await refused('head', 'head', [0, 1])).toBe('422 delegation-self')
  expect(await refused('head', 'elsewhere', [2, 1])).toBe('422 delegation-days')
  expect(await refused('head', 'elsewhere', [-5, -1])).toBe('422 delegation-days')
  expect(await refused('head', 'elsewhere', [0, 400])).toBe('422 delegation-days')
  expect(await refused('head', 'nobody', [0, 1])).toBe('422 delegation-account')
  expect(await refused('aigul', 'marat', [0, 1])).toBe('403 not-allowed')
  expect(await refused('head', 'elsewhere', [0, 1], 'dean')).toBe('403 not-allowed')
  expect(await refused('aigul', 'marat', [0, 1], 'office')).toBe('422 delegation-account')
  const { id } = await delegate('dean', 'elsewhere', [0, 5])
  expect(await refused('dean', 'marat', [3, 9])).toBe('409 delegation-twice')
  expect(await end('head', id)).toBe(404)
  expect(await end('office', id)).toBe(200)
  expect((await delegate('dean', 'marat', [3, 9], 'office')).status).toBe(200)
})

test('each sees the delegations that concern them, the office all', async () => {
  const count = async (account: string) =>
    ((await approval.as(account, 'GET', '/approval/delegations')).body as { total: number }).total
  expect([await count('dean'), await count('library')]).toEqual([2, 0])
  expect(await count('office')).toBeGreaterThan(await count('dean'))
})

test('whoever stands in is told so', async () => {
  const { body } = await approval.as('marat', 'GET', '/notices')
  expect((body as { items: { kind: string; title: string }[] }).items[0]).toMatchObject({
    kind: 'delegated',
    title: 'You stand in for Dean',
  })
})

test('nobody decides about relatives, whoever of the two named the other, until the office takes it back', async () => {
  const { submitted, turnsOf, go, as, university } = approval
  const name = async (account: string, json: object) => {
    const { status, body } = await as(account, 'POST', '/approval/relatives', json)
    return { status, ...(body as Relative & { code?: string }) }
  }
  const byHead = await name('head', { teacherId: university.teachers.aigul })
  expect(byHead).toMatchObject({ status: 200, teacher: { name: 'Оразбаева Айгүл' } })
  expect(await name('head', { teacherId: university.teachers.aigul })).toMatchObject({ id: byHead.id })
  const first = await submitted()
  expect(await turnsOf(first)).toEqual(['S2 dean eng'])
  expect(await go('head', first, 'approve')).toBe('403 evidence-not-allowed')
  expect((await as('head', 'DELETE', `/approval/relatives/${byHead.id}`)).status).toBe(403)
  expect((await as('office', 'DELETE', `/approval/relatives/${byHead.id}`)).status).toBe(204)

  const byAigul = await name('aigul', { teacherId: university.teachers.head })
  expect(await turnsOf(await submitted())).toEqual(['S2 dean eng'])
  await as('office', 'DELETE', `/approval/relatives/${byAigul.id}`)
  expect(await turnsOf(await submitted())).toEqual(['S1 head cs'])

  expect(await name('marat', { accountId: approval.id('head'), teacherId: 1 })).toMatchObject({ status: 403 })
  const byOffice = { accountId: approval.id('dean'), teacherId: university.teachers.aigul }
  const ofDean = await name('office', byOffice)
  expect(ofDean.status).toBe(200)
  const last = await submitted()
  await go('head', last, 'approve')
  expect(await turnsOf(last)).toEqual(['S3 verifier library', 'S3 verifier science'])
  await as('office', 'DELETE', `/approval/relatives/${ofDean.id}`)
  expect(await name('head', { teacherId: university.teachers.head })).toMatchObject({
    code: 'relative-unknown',
  })
  expect(await name('head', { teacherId: 999_999 })).toMatchObject({ status: 422 })
})

test('a relative that is named while it is already one’s turn stops the decision', async () => {
  const { submitted, go, as, university } = approval
  const id = await submitted()
  const { body } = await as('head', 'POST', '/approval/relatives', { teacherId: university.teachers.aigul })
  expect(await go('head', id, 'approve')).toBe('403 evidence-not-allowed')
  expect((await queue('head')).map(({ evidenceId }) => evidenceId)).not.toContain(id)
  expect(await go('office', id, 'approve')).toBe('200 submitted')
  await as('office', 'DELETE', `/approval/relatives/${(body as Relative).id}`)
})

test('the office sees who is on leave with a queue that nobody works off, and names a stand-in', async () => {
  const { submitted, as, context, university, id } = approval
  const absent = async () =>
    ((await as('office', 'GET', '/approval/absent')).body as { items: AbsentDecider[] }).items
  await context.db.updateTable('evidence_turn').set({ closed_at: new Date(), outcome: 'idle' }).execute()
  const work = await submitted()
  await submitted()
  expect(await absent()).toEqual([])
  await context.db
    .insertInto('leave')
    .values({ teacher_id: university.teachers.head, kind: 'sick', starts_on: inDays(-9), ends_on: inDays(4) })
    .execute()
  await context.db
    .updateTable('evidence_turn')
    .set({ since: new Date(Date.now() - 5.5 * 86_400_000), due_on: inDays(-1) })
    .where('evidence_id', '=', work)
    .execute()
  const [line, ...more] = await absent()
  expect(more).toEqual([])
  expect(line).toEqual({
    accountId: id('head'),
    name: 'Виктор',
    teacherId: university.teachers.head,
    awayUntil: inDays(4),
    waiting: 2,
    overdue: 1,
    oldestDays: 5,
  })
  for (const account of ['head', 'dean', 'library', 'management', 'aigul'])
    expect((await as(account, 'GET', '/approval/absent')).status, account).toBe(403)

  // Aigul stands in, but takes part in both works: they still wait.
  const { id: byAigul } = await delegate('head', 'aigul', [0, 1], 'office')
  expect(await absent()).toMatchObject([{ name: 'Виктор', waiting: 2 }])
  await end('office', byAigul)
  expect((await delegate('head', 'elsewhere', [0, 4], 'office')).status).toBe(200)
  expect(await absent()).toEqual([])
  expect((await queue('elsewhere')).map(({ insteadOf }) => insteadOf)).toEqual(['Виктор', 'Виктор'])
})

test('who decides is found by name, to be stood in for', async () => {
  const names = async (query: string) => {
    const { body } = await approval.as('office', 'GET', `/approval/stand-ins?pageSize=50${query}`)
    return (body as { items: { name: string }[] }).items.map(({ name }) => name)
  }
  expect(await names('')).toContain('Айгүл')
  const deciders = await names('&decides=true')
  expect(deciders).toContain('Виктор')
  expect(deciders).not.toContain('Айгүл')
})
