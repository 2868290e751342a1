import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { EvidenceInput } from '../contract/resources/evidence.ts'
import { createTestEvidence, onePagePdf, workOf } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { findBroken, person } from './test-university.ts'
import type { TestAccount } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterEach(async () => {
  expect(await findBroken(evidence.context.db)).toEqual([])
})
afterAll(async () => await evidence.close())

const withDoi = (doi: string, fields: Partial<EvidenceInput> = {}) =>
  workOf(evidence.university, { data: { title: 'Алгебра', pages: 120, doi }, ...fields })
const enter = (account: TestAccount, doi: string, fields?: Partial<EvidenceInput>) =>
  evidence.ask(account, 'POST', '/evidence', withDoi(doi, fields))
const join = (
  account: TestAccount,
  id: number,
  body: { identity: string; teacherId: number; ordinal?: number; role?: string },
) => evidence.ask(account, 'POST', `/evidence/${id}/participants`, { role: null, ordinal: null, ...body })

test('the same thing entered again is answered with the entry that is there', async () => {
  const { teachers } = evidence.university
  const participants = [person('A', { teacherId: teachers.aigul }), person('Akhmetov M.'), person('Outsider')]
  const first = await enter('aigul', '10.1/a', { participants })
  const again = await enter('marat', '10.1/a')
  expect([again.status, again.body.code]).toEqual([409, 'evidence-duplicate'])
  expect(again.body.params).toEqual({
    id: first.body.id,
    title: 'Алгебра',
    state: 'draft',
    identity: '10.1/a',
    unmatchedOrdinals: ['2', '3'],
    unmatchedNames: ['Akhmetov M.', 'Outsider'],
  })
})

test('a draft with gaps is recognised too, as far as its identity is given', async () => {
  const { university, ask } = evidence
  const doiOnly = workOf(university, { data: { doi: '10.1/gaps' }, happenedOn: null })
  expect((await ask('aigul', 'POST', '/evidence', doiOnly)).status).toBe(200)
  expect((await enter('marat', '10.1/gaps')).status).toBe(409)
})

test('of the same thing entered by many at the same moment exactly one entry arises', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => enter(i % 2 ? 'aigul' : 'marat', '10.1/race')),
  )
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409, 409])
  const winner = answers.find(({ status }) => status === 200)
  for (const { status, body } of answers) if (status === 409) expect(body.params['id']).toBe(winner?.body.id)
})

test('an entry cannot become the same as another by an edit', async () => {
  const { ask } = evidence
  const one = await enter('aigul', '10.1/one')
  const other = await enter('aigul', '10.1/other')
  const edited = { ...withDoi('10.1/one'), revision: other.body.revision }
  const answer = await ask('aigul', 'PUT', `/evidence/${other.body.id}`, edited)
  expect([answer.status, answer.body.code, answer.body.params['id']]).toEqual([
    409,
    'evidence-duplicate',
    one.body.id,
  ])
})

test('what was rejected may be entered anew, and then the rejected one cannot be reopened beside it', async () => {
  const { upload, move } = evidence
  const first = await enter('aigul', '10.1/rejected')
  await upload('aigul', first.body.id, { name: 'a.pdf', content: onePagePdf })
  await move('aigul', first.body.id, 'submit')
  await move('head', first.body.id, 'reject', 'not ours')
  const anew = await enter('aigul', '10.1/rejected')
  expect(anew.status).toBe(200)
  const reopened = await move('office', first.body.id, 'reopen', 'a mistake')
  expect([reopened.status, reopened.body.code, reopened.body.params['id']]).toEqual([
    409,
    'evidence-duplicate',
    anew.body.id,
  ])
})

test('a co-author says "that is me": the name as printed stays, the teacher is linked', async () => {
  const { teachers } = evidence.university
  const participants = [
    person('A', { teacherId: teachers.aigul, role: 'lead' }),
    person('Akhmetov M.', { role: 'member' }),
  ]
  const { body } = await enter('aigul', '10.1/join', { participants })
  const joined = await join('marat', body.id, {
    identity: '10.1/join',
    teacherId: teachers.marat,
    ordinal: 2,
  })
  expect(joined.body.participants[1]).toEqual(
    person('Akhmetov M.', { teacherId: teachers.marat, role: 'member' }),
  )
  expect(joined.body.history.at(-1)).toMatchObject({ account: 'Марат', action: 'join' })
  const again = await join('marat', body.id, { identity: '10.1/join', teacherId: teachers.marat, ordinal: 1 })
  expect(again.body.revision).toBe(joined.body.revision)
})

test('a co-author who is not listed, or names a place that is taken, comes last under their full name', async () => {
  const { teachers } = evidence.university
  const { body } = await enter('aigul', '10.1/append')
  const joined = await join('marat', body.id, {
    identity: '10.1/append',
    teacherId: teachers.marat,
    ordinal: 1,
    role: 'member',
  })
  expect(joined.body.participants.map(({ name, teacherId }) => [name, teacherId])).toEqual([
    ['Оразбаева А.', teachers.aigul],
    ['Ахметов Марат', teachers.marat],
  ])
  expect(joined.body.actions).toContain('edit')
})

test('who joins what is approved sends it back to be approved again', async () => {
  const { upload, move, university } = evidence
  const { body } = await enter('aigul', '10.1/approved')
  await upload('aigul', body.id, { name: 'a.pdf', content: onePagePdf })
  await move('aigul', body.id, 'submit')
  await move('head', body.id, 'approve')
  const request = { identity: '10.1/approved', teacherId: university.teachers.marat, role: 'member' }
  const joined = await join('marat', body.id, request)
  expect(joined.body).toMatchObject({ state: 'submitted' })
  expect(joined.body.history.at(-1)).toMatchObject({
    action: 'join',
    fromState: 'approved',
    toState: 'submitted',
  })
  expect((await move('head', body.id, 'approve')).body.state).toBe('approved')
})

test('nobody is listed by guessing ids, for others, with a wrong role, or on what was rejected', async () => {
  const { move, upload, university } = evidence
  const { marat, elsewhere } = university.teachers
  const { body } = await enter('aigul', '10.1/refused')
  const { id } = body
  const identity = '10.1/refused'
  const refusals = await Promise.all([
    join('marat', id, { identity: '10.1/guess', teacherId: marat }),
    join('marat', id, { identity, teacherId: elsewhere }),
    join('management', id, { identity, teacherId: marat }),
    join('marat', id, { identity, teacherId: marat, role: 'king' }),
    join('office', id, { identity, teacherId: 999_999 }),
  ])
  expect(refusals.map(({ status, body: { code } }) => `${status} ${code}`)).toEqual([
    '404 evidence-not-found',
    '403 evidence-not-allowed',
    '403 not-allowed',
    '400 evidence-invalid',
    '400 evidence-invalid',
  ])
  await upload('aigul', id, { name: 'a.pdf', content: onePagePdf })
  await move('aigul', id, 'submit')
  await move('head', id, 'reject', 'no')
  expect((await join('marat', id, { identity, teacherId: marat })).body.code).toBe('evidence-state')
})

test('a head lists a teacher of the unit, not one of another unit', async () => {
  const { teachers } = evidence.university
  const { body } = await enter('aigul', '10.1/head')
  const request = { identity: '10.1/head', role: 'member' }
  expect((await join('head', body.id, { ...request, teacherId: teachers.marat })).status).toBe(200)
  expect((await join('head', body.id, { ...request, teacherId: teachers.elsewhere })).status).toBe(403)
})

test('two co-authors who join at the same moment are both listed', async () => {
  const { teachers } = evidence.university
  const { body } = await enter('aigul', '10.1/both')
  const request = { identity: '10.1/both', role: 'member' }
  const answers = await Promise.all([
    join('marat', body.id, { ...request, teacherId: teachers.marat }),
    join('elsewhere', body.id, { ...request, teacherId: teachers.elsewhere }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  const { body: now } = await evidence.ask('aigul', 'GET', `/evidence/${body.id}`)
  expect(now.participants.map(({ teacherId }) => teacherId).sort()).toEqual(
    [teachers.aigul, teachers.marat, teachers.elsewhere].sort(),
  )
})
