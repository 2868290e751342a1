import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestEvidence, onePagePdf, workOf } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { person } from './test-university.ts'
import type { TestAccount } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => await evidence.close())

const everybody = ['aigul', 'marat', 'head', 'elsewhere', 'dean', 'office', 'management', 'nobody'] as const
/** The status with which each account is answered. */
async function statuses(ask: (account: TestAccount) => Promise<{ status: number }>) {
  const answers: Partial<Record<TestAccount, number>> = {}
  for (const account of everybody) answers[account] = (await ask(account)).status
  return answers
}
/** By hand, from the table of rights: Aigul enters; head and dean reach her department, Anna's is another faculty. */
const readers = {
  aigul: 200,
  head: 200,
  dean: 200,
  office: 200,
  management: 200,
  marat: 404,
  elsewhere: 404,
  nobody: 403,
}

test('a draft is read by its author, who heads the author, the office and the management, by nobody else', async () => {
  const { id } = await evidence.enterWork()
  expect(await statuses((account) => evidence.ask(account, 'GET', `/evidence/${id}`))).toEqual(readers)
})

test('lists hold what the asker may read, and nothing more', async () => {
  const { id } = await evidence.enterWork({ data: { title: 'Listed', pages: 1 } })
  const seen: TestAccount[] = []
  for (const account of everybody) {
    const { status, body } = await evidence.ask(account, 'GET', '/evidence?search=listed')
    if (status === 200 && body.items.some((item) => item.id === id)) seen.push(account)
  }
  expect(seen).toEqual(['aigul', 'head', 'dean', 'office', 'management'])
})

test('a file is downloaded by who may read the entry', async () => {
  const { id, files } = await evidence.enterWork()
  const path = `/evidence/${id}/files/${files[0]?.id}`
  expect(await statuses((account) => evidence.ask(account, 'GET', path))).toEqual(readers)
})

test('an entry is changed by its author, the office, and who heads the author', async () => {
  const { university, enterWork, ask } = evidence
  const { id } = await enterWork()
  const change = (account: TestAccount) =>
    ask(account, 'PUT', `/evidence/${id}`, {
      ...workOf(university, { data: { title: account, pages: 1 } }),
      revision: 0,
    })
  // 409: allowed, but revision 0 was never read.
  expect(await statuses(change)).toEqual({
    ...{ aigul: 409, head: 409, dean: 409, office: 409 },
    ...{ marat: 404, elsewhere: 404, management: 403, nobody: 403 },
  })
})

test('files are attached and taken off by who may change the entry', async () => {
  const { enterWork, upload, ask } = evidence
  const { id, files } = await enterWork()
  const refused = await Promise.all([
    upload('marat', id, { name: 'b.pdf', content: onePagePdf }),
    upload('management', id, { name: 'b.pdf', content: onePagePdf }),
    ask('elsewhere', 'DELETE', `/evidence/${id}/files/${files[0]?.id}`),
  ])
  expect(refused.map(({ status }) => status)).toEqual([404, 403, 404])
})

test('a co-author reads and changes it like its author; an outsider of the same name does not', async () => {
  const { university, enterWork, ask } = evidence
  const { aigul, elsewhere } = university.teachers
  const participants = [
    person('A', { teacherId: aigul, role: 'lead' }),
    person('B', { teacherId: elsewhere, role: 'member' }),
  ]
  const { id } = await enterWork({ participants })
  expect((await ask('elsewhere', 'GET', `/evidence/${id}`)).body.actions).toEqual(['edit', 'submit'])
  const unmatched = await enterWork({
    participants: [person('A', { teacherId: aigul }), person('Ахметов Марат')],
  })
  expect((await ask('marat', 'GET', `/evidence/${unmatched.id}`)).status).toBe(404)
})

test('who entered something keeps it, even without taking part', async () => {
  const { university, enterWork, ask } = evidence
  const participants = [person('M', { teacherId: university.teachers.elsewhere, role: 'lead' })]
  const { id } = await enterWork({ participants }, 'marat')
  expect((await ask('marat', 'GET', `/evidence/${id}`)).body.actions).toEqual(['edit', 'submit'])
  expect((await ask('head', 'GET', `/evidence/${id}`)).status).toBe(404)
  expect((await ask('marat', 'GET', '/evidence')).body.items.map((item) => item.id)).toContain(id)
})

test('decisions are taken by heads, dean and office, each within reach', async () => {
  const { enterWork, move } = evidence
  const { id } = await enterWork()
  await move('aigul', id, 'submit')
  // A wrong state would be 409; 422: allowed, but the reason is missing.
  expect(await statuses((account) => move(account, id, 'return'))).toEqual({
    ...{ aigul: 403, head: 422, dean: 422, office: 422 },
    ...{ marat: 404, elsewhere: 404, management: 403, nobody: 403 },
  })
})

test('nobody decides about what they take part in, whatever their role', async () => {
  const { university, enterWork, move, ask, context } = evidence
  const { aigul, head } = university.teachers
  const participants = [
    person('A', { teacherId: aigul, role: 'lead' }),
    person('H', { teacherId: head, role: 'member' }),
  ]
  const { id } = await enterWork({ participants })
  await move('head', id, 'submit')
  expect((await ask('head', 'GET', `/evidence/${id}`)).body.actions).toEqual([])
  for (const step of ['approve', 'return', 'reject'])
    expect((await move('head', id, step, 'why')).status).toBe(403)
  expect((await move('dean', id, 'approve')).status).toBe(200)
  const officer = { account_id: university.accounts.marat, role: 'office', unit_id: null }
  await context.db.insertInto('account_role').values(officer).execute()
  const own = await enterWork(
    { participants: [person('M', { teacherId: university.teachers.marat, role: 'lead' })] },
    'marat',
  )
  await move('marat', own.id, 'submit')
  expect((await move('marat', own.id, 'approve')).status).toBe(403)
  await context.db
    .deleteFrom('account_role')
    .where('account_id', '=', officer.account_id)
    .where('role', '=', 'office')
    .execute()
})

test('a head loses sight of an entry when its teachers leave the unit', async () => {
  const { university, enterWork, ask, context } = evidence
  const { id } = await enterWork()
  const { units, teachers } = university
  const ofAigul = context.db.updateTable('appointment').where('teacher_id', '=', teachers.aigul)
  await ofAigul.set({ unit_id: units.history }).execute()
  expect((await ask('head', 'GET', `/evidence/${id}`)).status).toBe(404)
  await ofAigul.set({ unit_id: units.computing }).execute()
  expect((await ask('head', 'GET', `/evidence/${id}`)).status).toBe(200)
})

test('reopening what was decided is for the office and the dean', async () => {
  const { enterWork, move } = evidence
  const { id } = await enterWork()
  await move('aigul', id, 'submit')
  await move('head', id, 'approve')
  expect(await statuses((account) => move(account, id, 'reopen'))).toEqual({
    ...{ aigul: 403, head: 403, dean: 422, office: 422 },
    ...{ marat: 404, elsewhere: 404, management: 403, nobody: 403 },
  })
})
