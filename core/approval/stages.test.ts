import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EvidenceDetail } from '../contract/resources/evidence.ts'
import { findBroken, person } from '../evidence/test-university.ts'
import { createTestApproval } from './test-approval.ts'
import type { TestApproval } from './test-approval.ts'

let approval: TestApproval
beforeAll(async () => {
  approval = await createTestApproval()
})
afterAll(async () => {
  expect(await findBroken(approval.context.db)).toEqual([])
  await approval.close()
})

const everybody = [
  ...['aigul', 'marat', 'head', 'otherHead', 'dean', 'library', 'science', 'sport'],
  ...['office', 'management', 'nobody', 'elsewhere'],
]
/** What each account gets for passing on without having read (revision 0): 409 is who may. */
async function whoMayPass(id: number): Promise<string[]> {
  const able: string[] = []
  for (const account of everybody) {
    const request = { action: 'approve', revision: 0, reason: null }
    if ((await approval.as(account, 'POST', `/evidence/${id}/moves`, request)).status === 409)
      able.push(account)
  }
  return able
}
const read = async (account: string, id: number) =>
  (await approval.as(account, 'GET', `/evidence/${id}`)).body as EvidenceDetail

test('an entry goes from the head to the dean to each structural unit, and only whose turn it is may pass it on', async () => {
  const { submitted, go, turnsOf } = approval
  const id = await submitted()
  expect(await turnsOf(id)).toEqual(['S1 head cs'])
  expect(await whoMayPass(id)).toEqual(['head', 'office'])
  expect(await go('head', id, 'approve')).toBe('200 submitted')
  expect(await turnsOf(id)).toEqual(['S2 dean eng'])
  expect(await whoMayPass(id)).toEqual(['dean', 'office'])
  expect(await go('dean', id, 'approve')).toBe('200 submitted')
  expect(await turnsOf(id)).toEqual(['S3 verifier library', 'S3 verifier science'])
  expect(await whoMayPass(id)).toEqual(['library', 'science', 'office'])
  expect(await go('library', id, 'approve')).toBe('200 submitted')
  expect(await turnsOf(id)).toEqual(['S3 verifier science'])
  expect(await whoMayPass(id)).toEqual(['science', 'office'])
  expect(await go('science', id, 'approve')).toBe('200 approved')
  expect(await turnsOf(id)).toEqual([])
  const { history, approval: way } = await read('aigul', id)
  expect(history.map(({ action, account, stage }) => [action, account, stage?.en ?? null]).slice(3)).toEqual([
    ['pass', 'Виктор', 'Head'],
    ['pass', 'Dean', 'Dean'],
    ['pass', 'library', 'Units'],
    ['approve', 'science', 'Units'],
  ])
  expect(way.stages.map(({ id: stage, state }) => `${stage} ${state}`)).toEqual([
    'S1 passed',
    'S2 passed',
    'S3 passed',
  ])
})

test('what a stage may not do is refused there: a head does not reject, a structural unit does not return', async () => {
  const { submitted, go } = approval
  const id = await submitted()
  expect(await go('head', id, 'reject', 'no')).toBe('403 evidence-not-allowed')
  await go('head', id, 'approve')
  await go('dean', id, 'approve')
  expect(await go('library', id, 'return', 'no')).toBe('403 evidence-not-allowed')
  expect((await read('library', id)).actions).toEqual(['judge', 'approve', 'reject'])
})

test('one structural unit that rejects is enough, and ends the turn of the others', async () => {
  const { submitted, go, turnsOf } = approval
  const id = await submitted()
  await go('head', id, 'approve')
  await go('dean', id, 'approve')
  expect(await go('library', id, 'reject')).toBe('422 reason-missing')
  expect(await go('library', id, 'reject', 'not in the catalogue')).toBe('200 rejected')
  expect(await turnsOf(id)).toEqual([])
  expect(await go('science', id, 'approve')).toBe('403 evidence-not-allowed')
})

test('what is returned with a comment starts again with the first stage', async () => {
  const { submitted, go, turnsOf } = approval
  const id = await submitted()
  await go('head', id, 'approve')
  expect(await go('dean', id, 'return', 'which pages?')).toBe('200 returned')
  expect((await read('aigul', id)).history.at(-1)).toMatchObject({ action: 'return', reason: 'which pages?' })
  expect(await go('aigul', id, 'submit')).toBe('200 submitted')
  expect(await turnsOf(id)).toEqual(['S1 head cs'])
  const { stages } = (await read('aigul', id)).approval
  expect(stages.map(({ state }) => state)).toEqual(['current', 'ahead', 'ahead'])
  expect(stages[0]?.turns).toMatchObject([{ holder: 'head', unit: { en: 'cs' }, people: ['Виктор'] }])
})

test("a head's own entry starts at the dean, and the skipped stage is on record", async () => {
  const { enterWork, go, turnsOf, university } = approval
  const participants = [person('Ким В.', { teacherId: university.teachers.head, role: 'lead' })]
  const { id } = await enterWork({ participants }, 'head')
  expect(await go('head', id, 'submit')).toBe('200 submitted')
  expect(await turnsOf(id)).toEqual(['S2 dean eng'])
  expect(await go('head', id, 'approve')).toBe('403 evidence-not-allowed')
  const { history, approval: way } = await read('head', id)
  expect(history.at(-1)).toMatchObject({ action: 'skip', stage: { en: 'Head' } })
  expect(way.stages.map(({ state }) => state)).toEqual(['skipped', 'current', 'ahead'])
})

test('a head passes nothing on that they are a co-author of; it goes to the dean', async () => {
  const { university, submitted, turnsOf, go } = approval
  const { aigul, head } = university.teachers
  const participants = [
    person('A', { teacherId: aigul, role: 'lead' }),
    person('H', { teacherId: head, role: 'member' }),
  ]
  const id = await submitted({ participants })
  expect(await turnsOf(id)).toEqual(['S2 dean eng'])
  expect(await go('head', id, 'approve')).toBe('403 evidence-not-allowed')
})

test('with a co-author of another department either head may pass it on', async () => {
  const { university, submitted, turnsOf, go } = approval
  const { aigul, elsewhere } = university.teachers
  const participants = [
    person('A', { teacherId: aigul, role: 'lead' }),
    person('E', { teacherId: elsewhere, role: 'member' }),
  ]
  const id = await submitted({ participants })
  expect(await turnsOf(id)).toEqual(['S1 head cs', 'S1 head his'])
  expect(await go('otherHead', id, 'approve')).toBe('200 submitted')
  // Nobody is dean of humanities.
  expect(await turnsOf(id)).toEqual(['S2 dean eng'])
})

test('where nobody is head or dean the entry goes on; where no unit is left the office decides', async () => {
  const { university, enterWork, go, turnsOf, context } = approval
  const verifier = context.db.deleteFrom('account_role').where('account_id', '=', approval.id('library'))
  const [kept] = await verifier.returningAll().execute()
  const participants = [person('E', { teacherId: university.teachers.elsewhere, role: 'lead' })]
  const { id } = await enterWork({ participants }, 'elsewhere')
  await go('elsewhere', id, 'submit')
  await go('otherHead', id, 'approve')
  expect(await turnsOf(id)).toEqual(['S3 office', 'S3 verifier science'])
  expect(await go('science', id, 'approve')).toBe('200 submitted')
  expect(await go('office', id, 'approve')).toBe('200 approved')
  await context.db.insertInto('account_role').values(kept!).execute()
})

test('a kind that no structural unit verifies ends with the dean', async () => {
  const { as, go, university } = approval
  const { teachers } = university
  const talk = {
    indicator: 'test.talk',
    data: { name: 'Talk' },
    happenedOn: '2026-05-01',
    participants: [person('A', { teacherId: teachers.aigul })],
  }
  const { id } = (await as('aigul', 'POST', '/evidence', talk)).body as EvidenceDetail
  await go('aigul', id, 'submit')
  await go('head', id, 'approve')
  expect(await go('dean', id, 'approve')).toBe('200 approved')
})

test('what was done before the regulation holds is approved in one step', async () => {
  const { submitted, go, turnsOf } = approval
  const id = await submitted({ happenedOn: '2025-08-31' })
  expect(await turnsOf(id)).toEqual(['leader leader cs'])
  expect(await whoMayPass(id)).toEqual(['head', 'dean', 'office'])
  expect(await go('dean', id, 'approve')).toBe('200 approved')
})

test('structural units read what came to them, also later, and nothing else', async () => {
  const { submitted, go, as } = approval
  const id = await submitted({ data: { title: 'Seen', pages: 1 } })
  const seen = async (account: string) => {
    const { body } = await as(account, 'GET', '/evidence?search=seen')
    const isListed = (body as { items: { id: number }[] }).items.some((item) => item.id === id)
    return [(await as(account, 'GET', `/evidence/${id}`)).status, isListed]
  }
  expect(await seen('library')).toEqual([404, false])
  await go('head', id, 'approve')
  await go('dean', id, 'approve')
  expect(await seen('library')).toEqual([200, true])
  expect(await seen('sport')).toEqual([404, false])
  await go('library', id, 'approve')
  await go('science', id, 'approve')
  expect(await seen('library')).toEqual([200, true])
})

test('who joins what is approved brings it back to the first stage', async () => {
  const { submitted, go, turnsOf, as, university } = approval
  const id = await submitted({ data: { title: 'Joined', pages: 1, doi: '10.1/joined' } })
  for (const account of ['head', 'dean', 'library', 'science']) await go(account, id, 'approve')
  const body = {
    identity: '10.1/joined',
    teacherId: university.teachers.marat,
    role: 'member',
    ordinal: null,
  }
  expect((await as('marat', 'POST', `/evidence/${id}/participants`, body)).status).toBe(200)
  expect(await turnsOf(id)).toEqual(['S1 head cs'])
})

test('an entry keeps the stages under which it was submitted', async () => {
  const { submitted, go, turnsOf, context } = approval
  const id = await submitted()
  await context.db.updateTable('regulation_version').set({ state: 'retired' }).execute()
  expect(await go('head', id, 'approve')).toBe('200 submitted')
  expect(await turnsOf(id)).toEqual(['S2 dean eng'])
  const later = await submitted()
  expect(await turnsOf(later)).toEqual(['leader leader cs'])
  await context.db.updateTable('regulation_version').set({ state: 'approved' }).execute()
})

test('two who decide at the same moment: one is told that it was done', async () => {
  const { submitted, as, context } = approval
  const id = await submitted()
  const { revision } = await context.db
    .selectFrom('evidence')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const pass = () =>
    as('head', 'POST', `/evidence/${id}/moves`, { action: 'approve', revision, reason: null })
  const answers = await Promise.all([pass(), pass()])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
})
