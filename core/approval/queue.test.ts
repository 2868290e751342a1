import { afterAll, beforeAll, expect, test } from 'vitest'
import type { approveMany, QueueItem } from '../contract/resources/approval.ts'
import type { RouteResponse } from '../contract/route.ts'
import type { Page } from '../contract/paging.ts'
import { person } from '../evidence/test-university.ts'
import { createTestApproval } from './test-approval.ts'
import type { TestApproval } from './test-approval.ts'

let approval: TestApproval
const entries: number[] = []
beforeAll(async () => {
  approval = await createTestApproval()
  const { university, submitted, go, enterWork, context } = approval
  for (let i = 0; i < 5; i++) entries.push(await submitted({ data: { title: `Work ${i}`, pages: 1 } }))
  const elsewhere = [person('E', { teacherId: university.teachers.elsewhere, role: 'lead' })]
  const { id } = await enterWork({ participants: elsewhere }, 'elsewhere')
  await go('elsewhere', id, 'submit')
  entries.push(id)
  // The test's clock stands still: the first has waited for ten days, the second for two.
  const since = (index: number, days: number) =>
    context.db
      .updateTable('evidence_turn')
      .set({ since: new Date(Date.parse('2026-06-30T09:00:00Z') - days * 86_400_000) })
      .where('evidence_id', '=', entries[index]!)
      .execute()
  await since(0, 10)
  await since(1, 2)
  await context.db
    .updateTable('evidence_turn')
    .set({ due_on: '2026-06-23' })
    .where('evidence_id', '=', entries[0]!)
    .execute()
})
afterAll(async () => await approval.close())

const list = async (account: string, query = '', path = '/approval/queue') =>
  (await approval.as(account, 'GET', `${path}${query}`)).body as Page<QueueItem>
const idsOf = async (account: string, query = '', path?: string) =>
  (await list(account, query, path)).items.map(({ evidenceId }) => evidenceId)

test('each sees what waits for them, what has waited longest first, with its age and whether it is overdue', async () => {
  const { items, total } = await list('head')
  expect(total).toBe(5)
  expect(items[0]).toMatchObject({
    evidenceId: entries[0],
    title: 'Work 0',
    teachers: ['Оразбаева Айгүл'],
    stage: { en: 'Head' },
    holder: 'head',
    unit: { en: 'cs' },
    ageDays: 10,
    dueOn: '2026-06-23',
    overdue: true,
    insteadOf: null,
    may: ['pass', 'return'],
  })
  expect(items[1]).toMatchObject({ ageDays: 2, dueOn: '2026-07-03', overdue: false })
  expect(await idsOf('otherHead')).toEqual([entries[5]])
  for (const account of ['dean', 'library', 'office', 'aigul']) expect(await idsOf(account)).toEqual([])
  expect((await approval.as('management', 'GET', '/approval/queue')).status).toBe(403)
})

test('it is paged and narrowed down by kind, unit, teacher and overdue', async () => {
  expect(await idsOf('head', '?pageSize=2&page=3')).toEqual([entries[4]])
  expect(await idsOf('head', '?overdue=true')).toEqual([entries[0]])
  expect(await idsOf('head', '?overdue=false')).toEqual(entries.slice(1, 5).sort(byAge))
  expect(await idsOf('head', '?indicator=test.talk')).toEqual([])
  expect((await list('head', '?indicator=test.work')).total).toBe(5)
  const { teachers, units } = approval.university
  expect((await list('head', `?teacher=${teachers.aigul}`)).total).toBe(5)
  expect((await list('head', `?teacher=${teachers.marat}`)).total).toBe(0)
  expect((await list('head', `?unit=${units.engineering}`)).total).toBe(5)
  expect((await list('head', `?unit=${units.humanities}`)).total).toBe(0)
})
const byAge = (a: number, b: number) => (a === entries[1] ? -1 : b === entries[1] ? 1 : a - b)

test('the office and the management see all that waits, others do not', async () => {
  expect((await list('office', '', '/approval/waiting')).total).toBe(6)
  expect((await list('management', '?overdue=true', '/approval/waiting')).total).toBe(1)
  for (const account of ['head', 'dean', 'library', 'aigul', 'nobody'])
    expect((await approval.as(account, 'GET', '/approval/waiting')).status).toBe(403)
})

test('many are passed on at once, and each that cannot be says why', async () => {
  const { as, context, go } = approval
  await go('head', entries[3]!, 'return', 'no')
  const rows = await context.db
    .selectFrom('evidence')
    .select(['id', 'revision'])
    .where('id', 'in', entries)
    .orderBy('id')
    .execute()
  const items = rows.map(({ id, revision }) => ({ id, revision: id === entries[1] ? 1 : revision }))
  const { body } = await as('head', 'POST', '/approval/decisions', {
    items: [...items, { id: 999_999, revision: 1 }],
  })
  const { outcomes } = body as RouteResponse<typeof approveMany>
  expect(outcomes.map(({ done, code }) => code ?? done)).toEqual([
    true,
    'evidence-revision',
    true,
    'evidence-state',
    true,
    'evidence-not-found',
    'evidence-not-found',
  ])
  expect(outcomes[1]?.message).toContain('Somebody else has changed')
  expect((await list('dean')).total).toBe(3)
  expect((await as('management', 'POST', '/approval/decisions', { items })).status).toBe(403)
  const { outcomes: ofTeacher } = (await as('marat', 'POST', '/approval/decisions', { items })).body as {
    outcomes: { code: string }[]
  }
  expect(new Set(ofTeacher.map(({ code }) => code))).toEqual(new Set(['evidence-not-found']))
})

test('a queue is read from its index, which holds nothing of what was decided', async () => {
  const client = await approval.context.pool.connect()
  await client.query('begin; set local enable_seqscan = off')
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain select from core.evidence_turn t where t.closed_at is null and t.holder = 'head' and t.unit_id = any('{1,2}')
     order by t.since, t.id`,
  )
  await client.query('rollback')
  client.release()
  expect(rows.map((row) => row['QUERY PLAN']).join(' ')).toContain('evidence_turn_queue')
})
