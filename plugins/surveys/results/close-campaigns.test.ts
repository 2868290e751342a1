import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeFacts } from '@ustaz/core/testing'
import { storeAnswers } from '../answers/store-answers.ts'
import * as contract from '../contract.ts'
import { closeAll, createTestSurveys, giveOut, openCampaign } from '../test-surveys.ts'
import type { TestSurveys } from '../test-surveys.ts'

let server: TestSurveys
let campaign: number
beforeAll(async () => {
  server = await createTestSurveys()
  campaign = await openCampaign(server, [
    { teacher: 'aigul', group: 'A1', students: 10 },
    { teacher: 'aigul', group: 'A2', students: 8 },
    { teacher: 'marat', group: 'B', students: 8 },
    { teacher: 'head', group: 'H', students: 9 },
    { teacher: 'elsewhere', group: 'E', students: 9 },
  ])
  await answer('A1', [5, 5, 5, 4, 4, 3])
  await answer('A2', [4, 4, 5], 'too fast')
  await answer('B', [1, 2, 1, 1], 'Aigul is better')
  await answer('H', [3, 3, 2, 4, 3])
  await answer('E', [2, 3, 2, 2, 3, 4])
})
afterAll(async () => {
  await server.close()
})

async function answer(group: string, steps: readonly number[], text?: string): Promise<void> {
  const tokens = await giveOut(server, campaign, group)
  const sent = steps.map((clear, index) => ({
    token: tokens[index]!,
    answerId: crypto.randomUUID(),
    answer: { clear, ...(text && index === 0 ? { more: text } : {}) },
  }))
  const outcomes = await storeAnswers(server.tables, sent, server.plugin.now())
  expect(new Set(outcomes)).toEqual(new Set(['received']))
}

const results = async () =>
  await server.tables.selectFrom('teacher_result').selectAll().orderBy('teacher_id').execute()
const resultOf = async (teacher: 'aigul' | 'marat') =>
  (await results()).find((row) => row.teacher_id === server.university.teachers[teacher])!

test('nothing is worked out, and nobody is shown anything, before the end', async () => {
  const { closeCampaigns } = await import('./close-campaigns.ts')
  await closeCampaigns(server.plugin)
  expect(await results()).toEqual([])
  const asked = await server.ask('aigul', contract.listResults, { id: campaign })
  expect(asked.json()).toMatchObject({ total: 0 })
  expect((await server.ask('office', contract.listClosed)).json()).toEqual({ items: [] })
})

test('progress is told in steps of the threshold', async () => {
  const groups = (await server.ask('office', contract.listGroups, { id: campaign })).json<{
    items: { group: string; cells: { answers: number | null; invited: number }[] }[]
  }>()
  expect(groups.items.map(({ group, cells }) => [group, cells[0]?.invited, cells[0]?.answers])).toEqual([
    ['A1', 10, 5],
    ['A2', 8, null],
    ['B', 8, null],
    ['E', 9, 5],
    ['H', 9, 5],
  ])
})

test('at the end, once, results are worked out; two processes at once do it once', async () => {
  await Promise.all([closeAll(server), closeAll(server)])
  const first = await results()
  expect(first).toHaveLength(4)
  const aigul = await resultOf('aigul')
  // clear: 1 of 3, 4 of 4, 4 of 5 in 9 answers: mean 39/9; (39/9 - 1) / 4 = 83.33 of 100.
  expect(Number(aigul.score)).toBeCloseTo(83.333333, 5)
  expect(aigul).toMatchObject({ answers: 9, students: 18, unit_id: server.university.units.computing })
  expect(aigul.questions).toEqual([{ question: 'clear', answers: 9, counts: [0, 0, 1, 4, 4] }])
  const shrunken = Number(aigul.shrunken)
  expect(shrunken).toBeLessThan(Number(aigul.score))
  expect(Number(aigul.low)).toBeLessThan(shrunken)
  expect(Number(aigul.standard_error)).toBeGreaterThan(0)
  await closeAll(server)
  expect(await results()).toEqual(first)
})

test('two groups of which one has too few are shown as one', async () => {
  const parts = await server.tables
    .selectFrom('part_result')
    .select(['cell_ids', 'answers'])
    .where('teacher_id', '=', server.university.teachers.aigul)
    .execute()
  expect(parts.map(({ cell_ids: cells, answers }) => [cells.length, answers])).toEqual([[2, 9]])
})

test('of a teacher below the threshold nothing is kept, neither sums nor what was written', async () => {
  expect(await resultOf('marat')).toMatchObject({ answers: null, score: null, shrunken: null, questions: [] })
  const remarks = await server.tables.selectFrom('remark').select(['body', 'state']).execute()
  expect(remarks).toEqual([{ body: 'too fast', state: 'waiting' }])
  for (const table of ['token', 'tally'] as const)
    expect(await server.tables.selectFrom(table).selectAll().execute()).toEqual([])
})

test('after the end, links are unknown', async () => {
  const sent = await server.ask(null, contract.sendAnswer, {
    body: { token: 'A'.repeat(22), answerId: crypto.randomUUID(), answer: { clear: 1 } },
  })
  expect(sent).toMatchObject({ status: 404 })
})

test('after the end nobody knows how many links were given out, which is not none', async () => {
  const told = (await server.ask('office', contract.getCampaign, { id: campaign })).json<{
    invited: unknown
  }>()
  expect(told.invited).toBeNull()
  const groups = (await server.ask('office', contract.listGroups, { id: campaign })).json<{
    items: { cells: { invited: unknown; answers: unknown }[] }[]
  }>()
  expect(groups.items).toHaveLength(5)
  for (const { cells } of groups.items) expect(cells).toMatchObject([{ invited: null, answers: null }])
})

test('a teacher sees the own result, a head those of the unit, and nobody more', async () => {
  const seen = async (account: 'aigul' | 'elsewhere' | 'head' | 'office') =>
    (await server.ask(account, contract.listResults, { id: campaign }))
      .json<{ items: { teacherId: number }[] }>()
      .items.map(({ teacherId }) => teacherId)
      .sort((a, b) => a - b)
  const { aigul, marat, head, elsewhere } = server.university.teachers
  expect(await seen('aigul')).toEqual([aigul])
  expect(await seen('elsewhere')).toEqual([elsewhere])
  expect(await seen('head')).toEqual([aigul, marat, head].sort((a, b) => a - b))
  expect(await seen('office')).toEqual([aigul, marat, head, elsewhere].sort((a, b) => a - b))
  const path = (teacher: number) => ({
    ...contract.getResult,
    path: `/closed/${campaign}/results/${teacher}`,
  })
  const own = await server.ask('aigul', path(aigul))
  expect(own.json()).toMatchObject({
    answers: 9,
    unitMedian: null,
    noMedian: 'few-teachers',
    parts: [{ answers: 9, cells: [{ group: 'A1' }, { group: 'A2' }] }],
  })
  expect((await server.ask('aigul', path(elsewhere))).status).toBe(404)
  const hidden = (await server.ask('marat', path(marat))).body
  expect(JSON.parse(hidden)).toMatchObject({ answers: null, score: null, questions: [], parts: [] })
})

test('what a student wrote is shown to the teacher alone, after review, as the reviewer left it', async () => {
  const waiting = (await server.ask('office', contract.listRemarks)).json<{ items: { id: string }[] }>()
  expect(JSON.stringify(waiting)).not.toContain(`"teacher`)
  const own = async () =>
    (await server.ask('aigul', contract.listOwnRemarks, { id: campaign })).json<{ items: unknown[] }>().items
  expect(await own()).toEqual([])
  const id = waiting.items[0]!.id
  const decision = { decision: 'shown', text: 'too […]' }
  expect((await server.ask('head', contract.decideRemark, { id, body: decision })).status).toBe(403)
  expect((await server.ask('office', contract.decideRemark, { id, body: decision })).status).toBe(200)
  expect(await own()).toEqual([{ question: { kk: 'More?', ru: 'More?', en: 'More?' }, text: 'too […]' }])
  expect((await server.ask('office', contract.decideRemark, { id, body: decision })).status).toBe(404)
  expect((await server.ask('office', contract.listOwnRemarks, { id: campaign })).status).toBe(403)
  const log = await sql<{
    text: string
  }>`select e::text as text from core.audit_entry e where table_name = 'plugin_surveys.remark'`.execute(
    server.tables,
  )
  expect(log.rows.length).toBeGreaterThan(0)
  expect(log.rows.map(({ text }) => text).join()).not.toMatch(/too (fast|\[)/)
})

test('who teaches or leads reviews nothing, though the account is of the office too', async () => {
  await server.context.db
    .insertInto('account_role')
    .values({ account_id: server.university.accounts.head, role: 'office', unit_id: null })
    .execute()
  const asked = await server.ask('head', contract.listRemarks)
  expect(asked).toMatchObject({ status: 403 })
  expect(asked.json()).toMatchObject({ code: 'surveys.reviewer-concerned' })
})

test('the indicator has a fact for each teacher with a result, with its standard error', async () => {
  const facts = await freezeFacts(server, { from: '2026-01-01', to: '2026-12-31' })
  const { aigul, marat } = server.university.teachers
  expect(facts.map(({ teacherId }) => teacherId)).not.toContain(marat)
  const own = facts.find(({ teacherId }) => teacherId === aigul)
  expect(own?.attributes).toMatchObject({ answers: 9, students: 18, responseRate: 50, campaigns: 1 })
  const result = await resultOf('aigul')
  expect(Number(own?.attributes['standardError'])).toBeCloseTo(Number(result.standard_error), 5)
  expect(Number(own?.attributes['meanError'])).toBeCloseTo(Number(result.mean_error), 5)
})
