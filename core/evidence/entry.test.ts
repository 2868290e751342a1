import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestEvidence, onePagePdf, workOf } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { findBroken, person } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterEach(async () => {
  expect(await findBroken(evidence.context.db)).toEqual([])
})
afterAll(async () => await evidence.close())

const codesOf = (issues: readonly { path: string; code: string }[]) =>
  issues.map(({ path, code }) => `${path} ${code}`)
const changesOf = async (id: number) => {
  const query = evidence.context.db.selectFrom('evidence_change').where('evidence_id', '=', id).orderBy('id')
  return await query.select(['action', 'before', 'after']).execute()
}

test('an entry is drafted, completed, submitted and approved, and its history tells who did what', async () => {
  const { ask, upload, move, university } = evidence
  const gaps = {
    data: { title: 'Алгебра' },
    happenedOn: null,
    participants: [person('A', { share: '0.6' }), person('B', { share: '0.400000000001' })],
  }
  const draft = await ask('aigul', 'POST', '/evidence', workOf(university, gaps))
  const { id, revision, missing, actions, title } = draft.body
  expect({ revision, actions, title }).toEqual({ revision: 1, actions: ['edit', 'submit'], title: 'Алгебра' })
  expect(codesOf(missing)).toEqual([
    '/data/pages missing',
    '/happenedOn date-missing',
    '/files file-missing',
    '/participants teacher-missing',
    '/participants shares-above-one',
  ])
  expect(missing[1]?.message).toBe('The date is missing.')

  const early = await move('aigul', id, 'submit')
  expect([early.status, early.body.code, codesOf(early.body.issues)]).toEqual([
    422,
    'evidence-incomplete',
    codesOf(missing),
  ])

  await upload('aigul', id, { name: 'Мақала.pdf', content: onePagePdf })
  const whole = await ask('aigul', 'PUT', `/evidence/${id}`, { ...workOf(university), revision: 2 })
  expect(whole.body).toMatchObject({ revision: 3, missing: [], participants: [{ role: 'lead' }] })
  expect((await move('aigul', id, 'submit')).body).toMatchObject({ state: 'submitted', actions: [] })
  expect((await ask('head', 'GET', `/evidence/${id}`)).body.actions).toEqual([
    'judge',
    'return',
    'approve',
    'reject',
  ])
  expect((await move('head', id, 'return')).body.code).toBe('reason-missing')
  expect((await move('head', id, 'return', 'Бет саны қате')).body.state).toBe('returned')
  await ask('aigul', 'PUT', `/evidence/${id}`, {
    ...workOf(university, { data: { title: 'Алгебра', pages: 121 } }),
    revision: 5,
  })
  await move('aigul', id, 'submit')
  const approved = await move('head', id, 'approve')
  expect(
    approved.body.history.map(({ account, action, fromState, toState, reason }) => [
      account,
      action,
      fromState,
      toState,
      reason,
    ]),
  ).toEqual([
    ['Айгүл', 'create', null, 'draft', null],
    ['Айгүл', 'attach', 'draft', 'draft', null],
    ['Айгүл', 'edit', 'draft', 'draft', null],
    ['Айгүл', 'submit', 'draft', 'submitted', null],
    ['Виктор', 'return', 'submitted', 'returned', 'Бет саны қате'],
    ['Айгүл', 'edit', 'returned', 'returned', null],
    ['Айгүл', 'submit', 'returned', 'submitted', null],
    ['Виктор', 'approve', 'submitted', 'approved', null],
  ])
  expect((await changesOf(id))[5]).toEqual({
    action: 'edit',
    before: { '/data/pages': 120 },
    after: { '/data/pages': 121 },
  })
})

test('an edit on what is no longer there is refused with the present revision', async () => {
  const { ask, enterWork, university } = evidence
  const { id, revision } = await enterWork()
  const change = (pages: number, read: number) =>
    ask('aigul', 'PUT', `/evidence/${id}`, {
      ...workOf(university, { data: { title: 'Алгебра', pages } }),
      revision: read,
    })
  expect((await change(130, revision)).body.revision).toBe(revision + 1)
  const late = await change(140, revision)
  expect([late.status, late.body.code, late.body.params]).toEqual([
    409,
    'evidence-revision',
    { revision: revision + 1 },
  ])
  expect((await change(130, revision + 1)).body.revision).toBe(revision + 1)
  const lateMove = await ask('aigul', 'POST', `/evidence/${id}/moves`, { action: 'submit', revision })
  expect(lateMove.body.code).toBe('evidence-revision')
})

test('two edits at the same moment: one is written, the other told', async () => {
  const { ask, enterWork, university } = evidence
  const { id, revision } = await enterWork()
  const answers = await Promise.all(
    [1, 2, 3, 4].map((pages) =>
      ask('aigul', 'PUT', `/evidence/${id}`, {
        ...workOf(university, { data: { title: 'Алгебра', pages } }),
        revision,
      }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
})

test('what is given must be right even in a draft, and every fault is named in the language asked for', async () => {
  const { ask, app, university } = evidence
  const wrong = workOf(university, {
    data: { title: 'x', pages: 'many' },
    participants: [
      person('A', { teacherId: university.teachers.aigul, role: 'editor' }),
      person('B', { teacherId: university.teachers.aigul }),
      person('C', { teacherId: 999_999 }),
    ],
  })
  const answer = await ask('aigul', 'POST', '/evidence', wrong)
  expect([answer.status, answer.body.code]).toEqual([400, 'evidence-invalid'])
  expect(codesOf(answer.body.issues)).toEqual([
    '/data/pages type.number',
    '/participants/1/teacherId participant-twice',
    '/participants/0/role role-unknown',
    '/participants/2/teacherId teacher-unknown',
  ])
  const kazakh = await app.inject({
    method: 'POST',
    url: '/api/evidence',
    headers: { 'accept-language': 'kk', 'x-ustaz-account': String(university.accounts.aigul) },
    payload: wrong,
  })
  expect(kazakh.json<{ issues: { message: string }[] }>().issues.at(-1)?.message).toBe('Мұндай оқытушы жоқ.')
  const talk = workOf(university, {
    indicator: 'test.talk',
    data: { name: 'T' },
    participants: [person('A'), person('B')],
  })
  expect(codesOf((await ask('aigul', 'POST', '/evidence', talk)).body.issues)).toEqual([
    '/participants participants-too-many',
  ])
  const unknown = workOf(university, { indicator: 'test.nothing' })
  expect((await ask('aigul', 'POST', '/evidence', unknown)).body.code).toBe('indicator-not-found')
})

test('the kind of an entry stays', async () => {
  const { ask, enterWork, university } = evidence
  const { id, revision } = await enterWork()
  const other = {
    ...workOf(university, { indicator: 'test.talk', data: { name: 'T' }, participants: [person('A')] }),
    revision,
  }
  expect(codesOf((await ask('aigul', 'PUT', `/evidence/${id}`, other)).body.issues)).toEqual([
    '/indicator indicator-fixed',
  ])
})

test('shares that are exactly 1 together are in order, to the last decimal', async () => {
  const { ask, university } = evidence
  const { aigul } = university.teachers
  const thirds = ['0.333333333333', '0.333333333333', '0.333333333334']
  const participants = thirds.map((share, i) =>
    person(`P${i}`, { share, role: 'lead', teacherId: i === 0 ? aigul : null }),
  )
  const { body } = await ask('aigul', 'POST', '/evidence', workOf(university, { participants }))
  expect(codesOf(body.missing)).toEqual(['/files file-missing'])
})

test('roles are demanded of teachers; how others took part may stay open', async () => {
  const { ask, university } = evidence
  const participants = [person('A', { teacherId: university.teachers.aigul }), person('From outside')]
  const { body } = await ask('aigul', 'POST', '/evidence', workOf(university, { participants }))
  expect(codesOf(body.missing)).toEqual(['/files file-missing', '/participants/0/role role-missing'])
})

test('a decision is undone by the office with a reason, and the entry is a draft again', async () => {
  const { enterWork, move } = evidence
  const { id } = await enterWork()
  await move('aigul', id, 'submit')
  await move('head', id, 'reject', 'Бөтен жұмыс')
  expect((await move('office', id, 'reopen')).body.code).toBe('reason-missing')
  expect((await move('office', id, 'reopen', 'Қате')).body).toMatchObject({ state: 'draft' })
  expect((await move('aigul', id, 'approve')).status).toBe(403)
  expect((await move('head', id, 'approve')).body.code).toBe('evidence-state')
})

test('a reason that cannot be kept is refused as a fault of the input', async () => {
  const { enterWork, move } = evidence
  const { id } = await enterWork()
  await move('aigul', id, 'submit')
  const answer = await move('head', id, 'return', 'a\0b')
  expect([answer.status, codesOf(answer.body.issues)]).toEqual([400, ['/reason text-unstorable']])
})

test('many participants are kept in their order', async () => {
  const { ask, university } = evidence
  const participants = Array.from({ length: 3000 }, (_, i) => person(`Author ${i}`))
  const { body } = await ask('aigul', 'POST', '/evidence', workOf(university, { participants }))
  expect(body.participants).toHaveLength(3000)
  expect(body.participants[2999]?.name).toBe('Author 2999')
})
