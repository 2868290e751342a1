import { getRegulation } from '@ustaz/core/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConsultation, getConsultation, getResults, listDrafts, saveWeighting } from '../contract.ts'
import { answer, areasOf, circle, createTestConsultations, even, open, text } from '../test-consultation.ts'
import type { TestConsultations } from '../test-consultation.ts'

let server: TestConsultations
beforeAll(async () => {
  server = await createTestConsultations()
})
afterAll(async () => {
  await server.close()
})

/** A closed consultation about a draft of its own, answered by one expert. */
async function closed(code: string, plan: Record<string, unknown> = {}, judgements = even) {
  const versionId = await server.draft(code)
  const { id } = await open(server, ['aigul'], { versionId, ...plan })
  await answer(server, 'aigul', id, judgements)
  await server.ask('office', closeConsultation, { params: { id } })
  return { id, versionId }
}
const hashOf = async (versionId: number) =>
  (await server.ask('office', listDrafts, {})).items.find((draft) => draft.id === versionId)!.hash
const wish = async (versionId: number, more: Record<string, unknown> = {}) => ({
  versionId,
  hash: await hashOf(versionId),
  reason: 'Decision of the council, minutes 5',
  ...more,
})
const stored = async (versionId: number) => {
  const url = `/api${getRegulation.path.replace(':id', String(versionId))}`
  const headers = { 'x-ustaz-account': String(server.university.accounts.office) }
  const { document, ...detail } = getRegulation.response.parse(
    (await server.app.inject({ url, headers })).json(),
  )
  return { ...detail, weighting: document.weighting }
}

test('the answers become the weighting of the draft, word for word, and the history says who and why', async () => {
  const { id, versionId } = await closed('saved')
  const done = await server.ask('office', saveWeighting, { params: { id }, body: await wish(versionId) })
  expect((await stored(versionId)).weighting).toEqual({
    id: 'expert.ahp',
    params: {
      experts: [{ name: 'Айгүл', judgements: even }],
      randomIndex: 'saaty-1980',
      limit: 0.1,
      whenInconsistent: 'refuse',
    },
  })
  expect(done.history.at(-1)).toMatchObject({
    account: 'Office',
    action: 'save-weighting',
    reason: 'Decision of the council, minutes 5',
    regulationVersion: 'saved 1',
  })
})

test('core keeps with the draft who put the weighting in and why, and shows the weights', async () => {
  const { id, versionId } = await closed('kept')
  await server.ask('office', saveWeighting, { params: { id }, body: await wish(versionId) })
  const { history, weights } = await stored(versionId)
  expect(history.at(-1)).toMatchObject({
    action: 'edit',
    account: 'Office',
    reason: 'Decision of the council, minutes 5',
  })
  // 4 : 2 : 1 of 7, to 12 decimals
  expect(weights).toEqual({ K1: '0.571428571429', K2: '0.285714285714', K3: '0.142857142857' })
})

test('what the draft then weighs is what the results showed', async () => {
  const { id, versionId } = await closed('weighs')
  await server.ask('office', saveWeighting, { params: { id }, body: await wish(versionId) })
  const { group } = await server.ask('office', getResults, { params: { id } })
  const { params } = (await stored(versionId)).weighting
  const weighting = server.context.host.weighting('expert.ahp')!
  const { weights } = weighting.weigh({
    areas: ['K1', 'K2', 'K3'],
    params: weighting.params.parse(params),
    scores: null,
  })
  expect(weights).toEqual(group!.weights)
})

test('answers that were only warned about are saved as such', async () => {
  const { id, versionId } = await closed('warned', { whenInconsistent: 'warn' }, circle)
  await server.ask('office', saveWeighting, { params: { id }, body: await wish(versionId) })
  expect((await stored(versionId)).weighting.params).toMatchObject({ whenInconsistent: 'warn' })
})

test('before it is closed, and without any answer, nothing is saved', async () => {
  const versionId = await server.draft('early')
  const { id } = await open(server, ['aigul'], { versionId })
  const body = await wish(versionId)
  const refusal = async () => (await server.refusal('office', saveWeighting, { params: { id }, body })).code
  expect(await refusal()).toBe('expert.consultation-open')
  await server.ask('office', closeConsultation, { params: { id } })
  expect(await refusal()).toBe('expert.nobody-answered')
  expect((await stored(versionId)).weighting.id).toBe('shares.mean')
})

test('areas that came or went since then are refused by name, and the draft stays as it is', async () => {
  const { id, versionId } = await closed('moved')
  await server.draft('moved', { areas: areasOf('K1', 'K2', 'K4', 'K5') })
  const refused = await server.refusal('office', saveWeighting, {
    params: { id },
    body: await wish(versionId),
  })
  expect(refused).toMatchObject({
    status: 409,
    code: 'expert.areas-changed',
    params: { added: ['K4', 'K5'], removed: ['K3'] },
  })
  expect(refused.detail).toContain('K4, K5')
  expect((await stored(versionId)).weighting.id).toBe('shares.mean')
  const history = (await server.ask('office', getConsultation, { params: { id } })).history
  expect(history.map(({ action }) => action)).not.toContain('save-weighting')
})

test('areas in another order are the same areas', async () => {
  const { id, versionId } = await closed('turned')
  await server.draft('turned', { areas: areasOf('K3', 'K1', 'K2') })
  await server.ask('office', saveWeighting, { params: { id }, body: await wish(versionId) })
  expect((await stored(versionId)).weighting.id).toBe('expert.ahp')
})

test('areas with another title are refused until somebody says that they mean the same', async () => {
  const { id, versionId } = await closed('renamed')
  const areas = [...areasOf('K1', 'K2'), { id: 'K3', title: text('Something else') }]
  await server.draft('renamed', { areas })
  const params = { id }
  const body = await wish(versionId)
  expect(await server.refusal('office', saveWeighting, { params, body })).toMatchObject({
    status: 409,
    code: 'expert.areas-renamed',
    params: { areas: ['K3'] },
  })
  await server.ask('office', saveWeighting, { params, body: { ...body, acceptsRenamed: true } })
  expect((await stored(versionId)).weighting.id).toBe('expert.ahp')
})

test('another draft with the same areas can get it: the one that was asked about may be approved by now', async () => {
  const { id } = await closed('asked')
  const other = await server.draft('asked-again', { version: '2' })
  await server.ask('office', saveWeighting, { params: { id }, body: await wish(other) })
  expect((await stored(other)).weighting.id).toBe('expert.ahp')
})

test('a draft that changed since it was looked at, an approved version and one that is not there are refused', async () => {
  const { id, versionId } = await closed('refused')
  const body = await wish(versionId)
  const code = async (more: Record<string, unknown>) =>
    (await server.refusal('office', saveWeighting, { params: { id }, body: { ...body, ...more } })).code
  expect(await code({ hash: 'another' })).toBe('regulation-changed')
  expect(await code({ versionId: 999_999 })).toBe('expert.draft-missing')
  expect(await code({ reason: ' ' })).toBe('input-invalid')
  await server.context.db
    .updateTable('regulation_version')
    .set({ state: 'approved' })
    .where('id', '=', versionId)
    .execute()
  expect(await code({})).toBe('regulation-version-fixed')
})
