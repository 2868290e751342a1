import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  changeConsultation,
  closeConsultation,
  getConsultation,
  listConsultations,
  listDrafts,
  listExperts,
  openConsultation,
} from '../contract.ts'
import type { Consultation } from '../contract.ts'
import { answer, areasOf, createTestConsultations, even, open, pair, text } from '../test-consultation.ts'
import type { TestConsultations } from '../test-consultation.ts'
import { saveAnswer } from '../contract.ts'
import { stateOf } from './state.ts'

let server: TestConsultations
let draft: number
beforeAll(async () => {
  server = await createTestConsultations()
  draft = await server.draft('pay')
})
afterAll(async () => {
  await server.close()
})

const planOf = ({ title, opensAt, closesAt, revision }: Consultation, experts: number[]) => ({
  title,
  opensAt,
  closesAt,
  experts,
  revision,
})

test('the office sees which drafts and which accounts there are', async () => {
  const { items } = await server.ask('office', listDrafts, {})
  expect(items).toMatchObject([{ id: draft, code: 'pay', areas: areasOf('K1', 'K2', 'K3') }])
  const experts = await server.ask('office', listExperts, { query: { search: 'айг' } })
  expect(experts.items).toEqual([{ id: server.university.accounts.aigul, name: 'Айгүл' }])
})

test('it is opened about the areas of a draft, and each expert gets an empty sheet', async () => {
  const { id } = await open(server, ['aigul', 'dean'], { versionId: draft })
  const found = await server.ask('management', getConsultation, { params: { id } })
  expect(found).toMatchObject({
    regulation: { code: 'pay', version: '1' },
    areas: areasOf('K1', 'K2', 'K3'),
    state: 'open',
    limit: 0.1,
    whenInconsistent: 'refuse',
    invited: 2,
    submitted: 0,
  })
  expect(
    found.experts.map(({ name, given, needed, submittedAt }) => [name, given, needed, submittedAt]),
  ).toEqual([
    ['Dean', 0, 3, null],
    ['Айгүл', 0, 3, null],
  ])
  expect(found.history).toMatchObject([{ account: 'Office', action: 'open' }])
})

test('what was asked stays as it was when the draft changes later', async () => {
  const other = await server.draft('later')
  const { id } = await open(server, ['aigul'], { versionId: other })
  await server.draft('later', { areas: areasOf('K1', 'K9') })
  const { areas } = await server.ask('office', getConsultation, { params: { id } })
  expect(areas.map((area) => area.id)).toEqual(['K1', 'K2', 'K3'])
})

test('they are listed newest first, by page', async () => {
  const { id } = await open(server, ['aigul'], { versionId: draft })
  const first = await server.ask('office', listConsultations, { query: { pageSize: 1 } })
  expect(first.items.map((one) => one.id)).toEqual([id])
  expect(first.total).toBeGreaterThan(1)
  const second = await server.ask('office', listConsultations, { query: { pageSize: 1, page: 2 } })
  expect(second.items[0]?.id).toBeLessThan(id)
})

test('what does not fit is refused: no draft, too many or too few areas, times, experts that are none', async () => {
  const body = (plan: Record<string, unknown>) => ({
    body: {
      title: text('Which counts?'),
      method: 'ahp' as const,
      versionId: draft,
      opensAt: '2026-05-01T00:00:00Z',
      closesAt: '2026-07-31T00:00:00Z',
      experts: [server.university.accounts.aigul],
      ...plan,
    },
  })
  const code = async (plan: Record<string, unknown>) =>
    (await server.refusal('office', openConsultation, body(plan))).code
  expect(await code({ versionId: 999_999 })).toBe('expert.draft-missing')
  const ids = Array.from({ length: 16 }, (_, index) => `K${index + 1}`)
  expect(await code({ versionId: await server.draft('wide', { areas: areasOf(...ids) }) })).toBe(
    'expert.areas-number',
  )
  expect(await code({ versionId: await server.draft('narrow', { areas: areasOf('K1') }) })).toBe(
    'expert.areas-number',
  )
  expect(await code({ closesAt: '2026-04-30T00:00:00Z' })).toBe('expert.times-wrong')
  expect(await code({ opensAt: '2026-01-01T00:00:00Z', closesAt: '2026-06-30T09:00:00Z' })).toBe(
    'expert.times-wrong',
  )
  expect(await code({ experts: [] })).toBe('input-invalid')
  const { aigul, nobody } = server.university.accounts
  const refused = await server.refusal(
    'office',
    openConsultation,
    body({ experts: [aigul, nobody, 999_999] }),
  )
  expect(refused).toMatchObject({
    status: 422,
    code: 'expert.experts-unknown',
    params: { accounts: [String(nobody), '999999'] },
  })
})

test('title, end and experts can be changed while it is open; who began to answer stays', async () => {
  const { aigul, marat, dean } = server.university.accounts
  const opened = await open(server, ['aigul', 'marat'], { versionId: draft })
  const params = { id: opened.id }
  await server.ask('aigul', saveAnswer, {
    params,
    body: { answer: { method: 'ahp', judgements: [pair('K1', 'K2', 3)] }, revision: 1 },
  })
  const change = { ...planOf(opened, [aigul, dean]), title: text('Anew'), closesAt: '2026-08-31T00:00:00Z' }
  const changed = await server.ask('office', changeConsultation, { params, body: change })
  expect(changed).toMatchObject({ title: text('Anew'), closesAt: '2026-08-31T00:00:00.000Z', revision: 2 })
  expect(changed.experts.map(({ name, given }) => [name, given])).toEqual([['Dean', 0], ['Айгүл', 1]]) // prettier-ignore
  expect(changed.history.map(({ action }) => action)).toEqual(['open', 'change'])
  const body = { ...planOf(changed, [marat]) }
  expect(await server.refusal('office', changeConsultation, { params, body })).toMatchObject({
    status: 409,
    code: 'expert.expert-answered',
    params: { experts: ['Айгүл'] },
  })
})

test('a change that rests on an old reading, or moves a beginning that is past, is refused and changes nothing', async () => {
  const opened = await open(server, ['aigul'], { versionId: draft })
  const params = { id: opened.id }
  const plan = planOf(opened, [server.university.accounts.aigul])
  const code = async (body: typeof plan) =>
    (await server.refusal('office', changeConsultation, { params, body })).code
  expect(await code({ ...plan, revision: 7 })).toBe('expert.consultation-revision')
  expect(await code({ ...plan, opensAt: '2026-06-01T00:00:00Z' })).toBe('expert.already-open')
  expect(await code({ ...plan, closesAt: '2026-06-01T00:00:00Z' })).toBe('expert.times-wrong')
  expect((await server.ask('office', getConsultation, { params })).revision).toBe(1)
})

test('nobody joins or leaves the experts by their own hand once it is open: they may have seen the answers', async () => {
  const { aigul, office } = server.university.accounts
  const without = await open(server, ['aigul'], { versionId: draft })
  const params = { id: without.id }
  const joined = { params, body: planOf(without, [aigul, office]) }
  expect(await server.refusal('office', changeConsultation, joined)).toMatchObject({
    status: 409,
    code: 'expert.own-invitation',
  })
  const within = await open(server, ['aigul', 'office'], { versionId: draft })
  const left = { params: { id: within.id }, body: planOf(within, [aigul]) }
  expect((await server.refusal('office', changeConsultation, left)).code).toBe('expert.own-invitation')
  const kept = { params: { id: within.id }, body: planOf(within, [aigul, office]) }
  expect((await server.ask('office', changeConsultation, kept)).invited).toBe(2)
})

test('closed it stays closed: neither changed nor closed again', async () => {
  const opened = await open(server, ['aigul'], { versionId: draft })
  await answer(server, 'aigul', opened.id, even)
  const params = { id: opened.id }
  const closed = await server.ask('office', closeConsultation, { params })
  expect(closed).toMatchObject({ state: 'closed', closesAt: '2026-06-30T09:00:00.000Z', submitted: 1 })
  expect(closed.history.map(({ account, action }) => [account, action])).toEqual([
    ['Office', 'open'],
    ['Айгүл', 'submit'],
    ['Office', 'close'],
  ])
  expect((await server.refusal('office', closeConsultation, { params })).code).toBe(
    'expert.consultation-closed',
  )
  const body = planOf(closed, [server.university.accounts.aigul])
  const again = { ...body, closesAt: '2026-12-31T00:00:00Z' }
  expect((await server.refusal('office', changeConsultation, { params, body: again })).code).toBe(
    'expert.consultation-closed',
  )
})

test('answers are taken from the first moment on and no longer at the last', () => {
  const row = { opens_at: new Date(1000), closes_at: new Date(2000), closed_at: null }
  expect([999, 1000, 1999, 2000].map((at) => stateOf(row, new Date(at)))).toEqual([
    'planned',
    'open',
    'open',
    'closed',
  ])
  expect(stateOf({ ...row, closed_at: new Date(1500) }, new Date(1600))).toBe('closed')
})

test('one that is not there is not found', async () => {
  const refused = await server.refusal('office', getConsultation, { params: { id: 999_999 } })
  expect(refused).toMatchObject({ status: 404, code: 'expert.consultation-not-found' })
})
