import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestAccount } from '@ustaz/core/testing'
import { closeConsultation, getSheet, listSheets, moveSheet, saveAnswer } from '../contract.ts'
import type { Answer, Pair } from '../contract.ts'
import { answer, circle, createTestConsultations, even, open, pair } from '../test-consultation.ts'
import type { TestConsultations } from '../test-consultation.ts'

let server: TestConsultations
let draft: number
beforeAll(async () => {
  server = await createTestConsultations()
  draft = await server.draft('pay')
})
afterAll(async () => {
  await server.close()
})

const pairs = (...judgements: Pair[]): Answer => ({ method: 'ahp', judgements })
const save = async (account: TestAccount, id: number, given: Answer, revision: number) =>
  await server.ask(account, saveAnswer, { params: { id }, body: { answer: given, revision } })
const refuseSave = async (account: TestAccount, id: number, given: Answer, revision = 1) =>
  await server.refusal(account, saveAnswer, { params: { id }, body: { answer: given, revision } })
const move = (action: 'submit' | 'take-back', id: number, revision: number) => ({
  params: { id },
  body: { action, revision },
})

test('what is answered is kept from the first comparison on, and found again', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  const empty = await server.ask('aigul', getSheet, { params: { id } })
  expect(empty).toMatchObject({ answer: pairs(), revision: 1, savedAt: null, submittedAt: null })
  const saved = await save('aigul', id, pairs(pair('K1', 'K2', 3)), 1)
  expect(saved).toMatchObject({ revision: 2, savedAt: '2026-06-30T09:00:00.000Z' })
  await save('aigul', id, pairs(pair('K1', 'K2', 3), pair('K3', 'K2', 5)), 2)
  const found = await server.ask('aigul', getSheet, { params: { id } })
  expect(found.answer).toEqual(pairs(pair('K1', 'K2', 3), pair('K3', 'K2', 5)))
  expect(found.revision).toBe(3)
})

test('saving on an old reading is refused with the revision there is, and loses nothing', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  await save('aigul', id, pairs(pair('K1', 'K2', 3)), 1)
  expect(await refuseSave('aigul', id, pairs(pair('K1', 'K2', 9)), 1)).toMatchObject({
    status: 409,
    code: 'expert.sheet-revision',
    params: { revision: 2 },
  })
  expect((await server.ask('aigul', getSheet, { params: { id } })).answer).toEqual(pairs(pair('K1', 'K2', 3)))
})

test('of two that save on one reading at the same time, one is refused', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  const both = await Promise.allSettled(
    [3, 5].map((times) => save('aigul', id, pairs(pair('K1', 'K2', times)), 1)),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('the same answer again changes nothing, not even the revision', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  await save('aigul', id, pairs(pair('K1', 'K2', 3)), 1)
  expect((await save('aigul', id, pairs(pair('K1', 'K2', 3)), 2)).revision).toBe(2)
})

test('areas nobody asked about, pairs that stand twice, values off the scale and another method are refused', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  const code = async (given: Answer) => (await refuseSave('aigul', id, given)).code
  expect(await code(pairs(pair('K1', 'K9', 3)))).toBe('expert.areas-unknown')
  expect(await code(pairs(pair('K1', 'K2', 3), pair('K2', 'K1', 3)))).toBe('expert.pairs-twice')
  expect(await code(pairs(pair('K1', 'K1', 1)))).toBe('expert.pairs-twice')
  expect(await code(pairs(pair('K1', 'K2', 10)))).toBe('input-invalid')
  expect(await code(pairs(pair('K1', 'K2', 2.5)))).toBe('input-invalid')
  const named: Answer = { method: 'best-worst', best: 'K1', worst: null, bestToOthers: {}, othersToWorst: {} }
  expect(await code(named)).toBe('expert.method-differs')
})

test('only a whole answer is submitted; then it is not changed unless it is taken back', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  await save('aigul', id, pairs(...even.slice(0, 2)), 1)
  expect(await server.refusal('aigul', moveSheet, move('submit', id, 2))).toMatchObject({
    status: 422,
    code: 'expert.answer-incomplete',
    params: { given: 2, needed: 3 },
  })
  await save('aigul', id, pairs(...even), 2)
  const submitted = await server.ask('aigul', moveSheet, move('submit', id, 3))
  expect(submitted).toMatchObject({ revision: 4, submittedAt: '2026-06-30T09:00:00.000Z' })
  expect((await refuseSave('aigul', id, pairs(), 4)).code).toBe('expert.sheet-submitted')
  expect((await server.refusal('aigul', moveSheet, move('submit', id, 4))).code).toBe(
    'expert.sheet-submitted',
  )
  expect((await server.refusal('aigul', moveSheet, move('take-back', id, 3))).code).toBe(
    'expert.sheet-revision',
  )
  expect(await server.ask('aigul', moveSheet, move('take-back', id, 4))).toMatchObject({ submittedAt: null })
  expect((await server.refusal('aigul', moveSheet, move('take-back', id, 5))).code).toBe(
    'expert.sheet-not-submitted',
  )
  expect((await save('aigul', id, pairs(...even.slice(1)), 5)).revision).toBe(6)
})

test('an answer that contradicts itself beyond .10 is refused, with its triad; mended it is taken', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  await save('aigul', id, pairs(...circle), 1)
  const refused = await server.refusal('aigul', moveSheet, move('submit', id, 2))
  // lambda_max = 1 + 5 + 1/5, CI = (6.2 - 3) / 2 = 1.6, CR = 1.6 / .58
  expect(refused).toMatchObject({
    status: 422,
    code: 'expert.inconsistent',
    params: { expert: 'Айгүл', ratio: 2.759, limit: 0.1, triad: ['K1', 'K2', 'K3'] },
  })
  await save('aigul', id, pairs(...circle.slice(0, 2), pair('K1', 'K3', 9)), 2)
  // 5 x 5 / 9: still CR .1 and more? lambda_max = 1 + (25/9)^(1/3) + (9/25)^(1/3) = 3.1170, CR = .0585 / .58 = .1009
  expect((await server.refusal('aigul', moveSheet, move('submit', id, 3))).params).toMatchObject({
    ratio: 0.101,
  })
  await save('aigul', id, pairs(pair('K1', 'K2', 4), pair('K2', 'K3', 5), pair('K1', 'K3', 9)), 3)
  expect((await server.ask('aigul', moveSheet, move('submit', id, 4))).submittedAt).not.toBeNull()
})

test('a consultation that only warns takes it', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft, whenInconsistent: 'warn' })
  await answer(server, 'aigul', id, circle)
})

test('best and worst: gaps are kept, comparisons that cannot be are refused, the whole is submitted', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft, method: 'best-worst' })
  const given = (fields: Partial<Extract<Answer, { method: 'best-worst' }>>): Answer => ({
    method: 'best-worst',
    best: null,
    worst: null,
    bestToOthers: {},
    othersToWorst: {},
    ...fields,
  })
  const named = { best: 'K1', worst: 'K3' }
  await save('aigul', id, given(named), 1)
  expect((await refuseSave('aigul', id, given({ best: 'K1', worst: 'K1' }), 2)).code).toBe(
    'expert.best-is-worst',
  )
  expect(
    (await refuseSave('aigul', id, given({ ...named, bestToOthers: { K1: 2 } }), 2)).params,
  ).toMatchObject({ areas: ['K1'] })
  expect((await refuseSave('aigul', id, given({ bestToOthers: { K2: 2 } }), 2)).code).toBe(
    'expert.areas-differ',
  )
  // 2 x 9 beside 4: |18 - 4| / 12 is above .1121 (Liang et al. 2020)
  await save('aigul', id, given({ ...named, bestToOthers: { K2: 2, K3: 4 }, othersToWorst: { K2: 9 } }), 2)
  expect(await server.refusal('aigul', moveSheet, move('submit', id, 3))).toMatchObject({
    code: 'expert.best-worst-inconsistent',
    params: { ratio: 1.167, threshold: 0.1121, area: 'K2' },
  })
  await save('aigul', id, given({ ...named, bestToOthers: { K2: 2, K3: 4 }, othersToWorst: { K2: 2 } }), 3)
  expect((await server.ask('aigul', moveSheet, move('submit', id, 4))).submittedAt).not.toBeNull()
})

test('before it opens and after it is closed nothing is taken, and what was there stays readable', async () => {
  const planned = await open(server, ['aigul'], { versionId: draft, opensAt: '2026-07-01T00:00:00Z' })
  expect(await refuseSave('aigul', planned.id, pairs(...even))).toMatchObject({
    status: 409,
    code: 'expert.not-open',
  })
  const { id } = await open(server, ['aigul', 'marat'], { versionId: draft })
  await save('aigul', id, pairs(...even), 1)
  await server.ask('office', closeConsultation, { params: { id } })
  expect((await refuseSave('aigul', id, pairs(), 2)).code).toBe('expert.not-open')
  expect((await server.refusal('aigul', moveSheet, move('submit', id, 2))).code).toBe('expert.not-open')
  expect(await server.ask('aigul', getSheet, { params: { id } })).toMatchObject({
    question: { state: 'closed' },
    answer: pairs(...even),
  })
})

test('who is not invited finds nothing, and lists only what is asked of oneself', async () => {
  const { id } = await open(server, ['marat'], { versionId: draft })
  const absent = { status: 404, code: 'expert.consultation-not-found' }
  expect(await server.refusal('elsewhere', getSheet, { params: { id } })).toMatchObject(absent)
  expect(await refuseSave('elsewhere', id, pairs(...even))).toMatchObject(absent)
  expect(await server.refusal('elsewhere', moveSheet, move('submit', id, 1))).toMatchObject(absent)
  expect((await server.ask('elsewhere', listSheets, {})).items).toEqual([])
  const own = await server.ask('marat', listSheets, {})
  expect(own.items[0]).toMatchObject({
    question: { id, state: 'open' },
    given: 0,
    needed: 3,
    submittedAt: null,
  })
})
