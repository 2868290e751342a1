import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleDocument, criterionInput } from '../regulation/example-document.ts'
import { createTestEvidence } from './test-evidence.ts'
import type { Answer, TestEvidence } from './test-evidence.ts'
import { person } from './test-university.ts'
import type { TestAccount } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => await evidence.close())

async function judge(
  account: TestAccount,
  id: number,
  points: unknown,
  reason = 'Seen on stage',
): Promise<Answer> {
  const { revision } = await evidence.context.db
    .selectFrom('evidence')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return await evidence.ask(account, 'PUT', `/evidence/${id}/points`, { points, reason, revision })
}

async function submitted(): Promise<number> {
  const { id } = await evidence.enterWork()
  await evidence.move('aigul', id, 'submit')
  return id
}

test('who heads the author gives points, with the reason and what was before on record', async () => {
  const id = await submitted()
  expect((await judge('head', id, '4.5')).body).toMatchObject({ expertPoints: '4.5', state: 'submitted' })
  const { body } = await judge('office', id, '3', 'Without the encore')
  expect(body.expertPoints).toBe('3')
  expect(body.history.slice(-2)).toMatchObject([
    { action: 'judge', reason: 'Seen on stage', points: { before: null, after: '4.5' } },
    { action: 'judge', reason: 'Without the encore', points: { before: '4.5', after: '3' } },
  ])
  expect((await judge('office', id, null)).body).toMatchObject({ expertPoints: null })
})

test('nobody else does, and nobody about their own work', async () => {
  const id = await submitted()
  const statuses: Record<string, number> = {}
  for (const account of [
    'aigul',
    'marat',
    'head',
    'elsewhere',
    'dean',
    'office',
    'management',
    'nobody',
  ] as const) {
    statuses[account] = (await judge(account, id, '1')).status
  }
  expect(statuses).toEqual({
    aigul: 403,
    marat: 403,
    head: 200,
    elsewhere: 403,
    dean: 200,
    office: 200,
    management: 403,
    nobody: 403,
  })
  const { teachers } = evidence.university
  const own = await evidence.enterWork(
    {
      participants: [
        person('Aigul', { teacherId: teachers.aigul, role: 'lead' }),
        person('Head', { teacherId: teachers.head, role: 'member' }),
      ],
    },
    'aigul',
  )
  await evidence.move('aigul', own.id, 'submit')
  expect(await judge('head', own.id, '1')).toMatchObject({
    status: 403,
    body: { code: 'evidence-not-allowed' },
  })
})

test('a draft has no points; a reason, a decimal and the revision that was read are demanded', async () => {
  const { id: draft } = await evidence.enterWork()
  expect(await judge('office', draft, '1')).toMatchObject({ status: 409, body: { code: 'evidence-state' } })
  const id = await submitted()
  expect(await judge('office', id, '1', ' ')).toMatchObject({ status: 422, body: { code: 'reason-missing' } })
  for (const points of ['many', '1e5', '1234567890', 3, '0.1234567890123']) {
    expect((await judge('office', id, points)).status, String(points)).toBe(400)
  }
  const stale = { points: '1', reason: 'x', revision: 1 }
  expect(await evidence.ask('office', 'PUT', `/evidence/${id}/points`, stale)).toMatchObject({
    status: 409,
    body: { code: 'evidence-revision' },
  })
})

test('what is opened to change again loses its points, on record', async () => {
  const id = await submitted()
  await evidence.move('head', id, 'approve')
  expect((await judge('head', id, '2')).status).toBe(200)
  const { body } = await evidence.move('dean', id, 'reopen', 'wrong year')
  expect(body.expertPoints).toBeNull()
  expect(body.history.at(-1)).toMatchObject({ action: 'reopen', points: { before: '2', after: null } })
})

test('the answer says which clauses of approved regulations ask for it', async () => {
  const id = await submitted()
  const asks = async () => (await evidence.ask('head', 'GET', `/evidence/${id}`)).body.judgedBy
  expect(await asks()).toEqual([])
  const expert = { indicator: 'test.work', points: { kind: 'expert', from: '1', to: '10' } }
  const document = exampleDocument({ criteria: [criterionInput('7.1', expert), criterionInput('7.2')] })
  await sql`with r as (insert into core.regulation (code) values ('stage') returning id)
    insert into core.regulation_version (regulation_id, version, state, document, hash, created_by, approved_by, approved_at)
    select r.id, '1', 'approved', ${JSON.stringify(document)}::jsonb, 'x', a.id, a.id, now() from r, core.account a limit 1`.execute(
    evidence.context.db,
  )
  expect(await asks()).toEqual([
    { clause: '7.1', title: { kk: '7.1', ru: '7.1', en: '7.1' }, from: '1', to: '10' },
  ])
})
