import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConsultation, getResults, getSheetResults, moveSheet, saveAnswer } from '../contract.ts'
import type { BestWorstAnswer } from '../contract.ts'
import { rounded } from '../test-judgements.ts'
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
const close = async (id: number) => await server.ask('office', closeConsultation, { params: { id } })

test('weights of each expert and, by the geometric mean of judgements, of all; how far they agree', async () => {
  const { id } = await open(server, ['aigul', 'marat', 'dean'], { versionId: draft })
  await answer(server, 'aigul', id, even)
  // 1 : 2 : 4
  await answer(server, 'marat', id, [pair('K2', 'K1', 2), pair('K3', 'K2', 2), pair('K3', 'K1', 4)])
  const { experts, group, agreement, invited } = await server.ask('management', getResults, {
    params: { id },
  })
  expect(invited).toBe(3)
  expect(experts.map(({ name, ratio, acceptable }) => [name, Number(ratio.toFixed(9)), acceptable])).toEqual([
    ['Айгүл', 0, true],
    ['Марат', 0, true],
  ])
  expect(rounded(Object.values(experts[0]!.weights), 6)).toEqual(rounded([4 / 7, 2 / 7, 1 / 7], 6))
  // Opposite judgements make 1 each.
  expect(rounded(Object.values(group!.weights), 9)).toEqual(rounded([1 / 3, 1 / 3, 1 / 3], 9))
  expect(group!.contradiction).toEqual([])
  expect(agreement).toEqual({ w: 0, word: 'slight' })
})

test('one expert alone agrees with nobody, and without any answer there are no weights', async () => {
  const { id } = await open(server, ['aigul', 'marat'], { versionId: draft })
  const none = await server.ask('office', getResults, { params: { id } })
  expect(none).toMatchObject({ invited: 2, experts: [], group: null, agreement: null })
  await answer(server, 'aigul', id, even)
  const one = await server.ask('office', getResults, { params: { id } })
  expect(one.agreement).toBeNull()
  expect(one.group?.weights).toEqual(one.experts[0]?.weights)
})

test('the triad that contradicts itself is named, for the expert and for all together', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft, whenInconsistent: 'warn' })
  await answer(server, 'aigul', id, circle)
  const { experts, group } = await server.ask('office', getResults, { params: { id } })
  expect(experts[0]).toMatchObject({ acceptable: false, limit: 0.1, contradiction: ['K1', 'K2', 'K3'] })
  expect(group).toMatchObject({
    ratio: expect.closeTo(2.759, 3) as number,
    contradiction: ['K1', 'K2', 'K3'],
  })
})

test('by best and worst the weights of all are the mean of theirs', async () => {
  const { id } = await open(server, ['aigul', 'marat'], { versionId: draft, method: 'best-worst' })
  const given: BestWorstAnswer = {
    method: 'best-worst',
    best: 'K1',
    worst: 'K3',
    bestToOthers: { K2: 2, K3: 4 },
    othersToWorst: { K2: 2 },
  }
  const turned = { ...given, best: 'K3', worst: 'K1', bestToOthers: { K2: 2, K1: 4 } }
  for (const [account, own] of [
    ['aigul', given],
    ['marat', turned],
  ] as const) {
    const params = { id }
    await server.ask(account, saveAnswer, { params, body: { answer: own, revision: 1 } })
    await server.ask(account, moveSheet, { params, body: { action: 'submit', revision: 2 } })
  }
  const { experts, group } = await server.ask('office', getResults, { params: { id } })
  expect(rounded(Object.values(experts[0]!.weights), 9)).toEqual(rounded([4 / 7, 2 / 7, 1 / 7], 9))
  expect(rounded(Object.values(group!.weights), 9)).toEqual(rounded([5 / 14, 2 / 7, 5 / 14], 9))
  expect(group!.ratio).toBeNull()
})

test('an expert sees what others answered only once it is closed', async () => {
  const { id } = await open(server, ['aigul', 'marat'], { versionId: draft })
  await answer(server, 'aigul', id, even)
  const early = await server.refusal('marat', getSheetResults, { params: { id } })
  expect(early).toMatchObject({ status: 403, code: 'expert.results-later' })
  await close(id)
  const { experts } = await server.ask('marat', getSheetResults, { params: { id } })
  expect(experts.map(({ name }) => name)).toEqual(['Айгүл'])
})

test('nor does the office or the management where they are asked as experts themselves', async () => {
  const { id } = await open(server, ['office', 'management', 'aigul'], { versionId: draft })
  await answer(server, 'aigul', id, even)
  for (const account of ['office', 'management'] as const)
    expect((await server.refusal(account, getResults, { params: { id } })).code).toBe('expert.results-later')
  await close(id)
  expect((await server.ask('office', getResults, { params: { id } })).experts).toHaveLength(1)
})

test('who is not invited finds no results, closed or not', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  await close(id)
  const refused = await server.refusal('elsewhere', getSheetResults, { params: { id } })
  expect(refused).toMatchObject({ status: 404, code: 'expert.consultation-not-found' })
})
