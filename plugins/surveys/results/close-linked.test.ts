import { sql } from 'kysely'
import { freezeFacts } from '@ustaz/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeAnswers } from '../answers/store-answers.ts'
import * as contract from '../contract.ts'
import { randomOf } from '../scores/test-answers.ts'
import { cellsOf, closeAll, createTestSurveys, giveOutBundle, openCampaign, words } from '../test-surveys.ts'
import type { TestSurveys } from '../test-surveys.ts'

const linked = { ground: words('Rules of the university, clause 7') }
let server: TestSurveys
let campaign: number
let few: number
const own = ['aigul', 'head', 'elsewhere'] as const

beforeAll(async () => {
  server = await createTestSurveys()
  campaign = await openCampaign(
    server,
    [
      ...own.map((teacher) => ({ teacher, group: 'A', students: 20 })),
      { teacher: 'marat', group: 'B', students: 20 },
    ],
    { linked },
  )
  await answerAll()
  few = await openCampaign(
    server,
    own.map((teacher) => ({ teacher, group: 'F', students: 5 })),
    { linked },
  )
})
afterAll(async () => {
  await server.close()
})

/** Sixteen of A answer about all three, strictly or mildly; four of B about marat, who stays below the threshold. */
async function answerAll(): Promise<void> {
  const { uniform } = randomOf(3)
  const cells = await cellsOf(server, campaign)
  const inA = own.map((teacher) => cells.get(`${teacher} A`)!)
  const tokens = await giveOutBundle(server, campaign, { groups: ['A'] })
  const sent = tokens.slice(0, 16).map((token, index) => ({
    token,
    answerId: crypto.randomUUID(),
    answers: inA.map((about) => ({
      about,
      answer: { clear: (index % 2 === 0 ? 1 : 3) + Math.floor(3 * uniform()) },
    })),
  }))
  const b = await giveOutBundle(server, campaign, { groups: ['B'], count: 4 })
  const ofB = b.map((token) => ({
    token,
    answerId: crypto.randomUUID(),
    answers: [{ about: cells.get('marat B')!, answer: { clear: 2, more: 'rare' } }],
  }))
  expect(new Set(await storeAnswers(server.tables, [...sent, ...ofB], server.plugin.now()))).toEqual(
    new Set(['received']),
  )
}

test('progress is told in steps of the threshold, of a linked campaign as well', async () => {
  const groups = await server.ask('office', contract.listGroups, { id: campaign })
  const told = groups
    .json<{ items: contract.Group[] }>()
    .items.map(({ group, cells }) => [group, cells.map(({ answers }) => answers)])
  // Sixteen and four answered.
  expect(told).toEqual([
    ['A', [15, 15, 15]],
    ['B', [null]],
  ])
  const { answers } = (
    await server.ask('office', contract.getCampaign, { id: campaign })
  ).json<contract.Campaign>()
  expect(answers).toBe(50)
})

test('nobody is shown anything of single persons, before the end and after it, by any route', async () => {
  const routes = [
    contract.listCampaigns,
    contract.getCampaign,
    contract.listGroups,
    contract.listClosed,
    contract.listResults,
  ]
  const ask = async () =>
    await Promise.all(routes.map(async (route) => (await server.ask('office', route, { id: campaign })).body))
  const before = (await ask()).join('\n')
  await closeAll(server)
  const after = (await ask()).join('\n')
  for (const text of [before, after]) {
    expect(text).not.toMatch(/voice|bundle|pseudonym|receipt|token/)
    expect(text).not.toContain('[1,null]')
  }
})

test('at the end scores are corrected, it is said that they are, and the office sees what answers differ by', async () => {
  const results = await server.ask('office', contract.listResults, { id: campaign })
  const items = results.json<{ items: contract.TeacherResult[] }>().items
  const shown = items.filter(({ answers }) => answers !== null)
  expect(shown).toHaveLength(3)
  for (const one of shown) {
    expect(one).toMatchObject({ answers: 16, students: 20, linked: 'corrected' })
    expect(Number(one.low)).toBeLessThan(Number(one.shrunken))
    expect(Number(one.high)).toBeGreaterThan(Number(one.shrunken))
  }
  expect(items.find(({ answers }) => answers === null)).toMatchObject({ score: null, shrunken: null })
  const { components } = (
    await server.ask('office', contract.getCampaign, { id: campaign })
  ).json<contract.Campaign>()
  const { teacher, student, rest, unit, part } = components!
  // Each teacher has one group, and there are too few teachers to tell units apart.
  expect({ unit, part }).toEqual({ unit: null, part: null })
  expect(Number(teacher) + Number(student) + Number(rest)).toBeCloseTo(100, 0)
  expect(Number(student)).toBeGreaterThan(30)
})

test('links, sums and what belonged together are gone, from the tables and from their files', async () => {
  for (const table of ['token', 'tally', 'bundle'] as const)
    expect(await server.tables.selectFrom(table).selectAll().execute()).toEqual([])
  const { rows } = await sql<{
    bytes: string
  }>`select pg_relation_size('plugin_surveys.bundle')::text as bytes`.execute(server.tables)
  expect(rows).toEqual([{ bytes: '0' }])
  const remarks = await server.tables.selectFrom('remark').selectAll().execute()
  expect(remarks).toEqual([])
})

test('where too few answers are linked results come from the sums, and that is said', async () => {
  const results = (await server.ask('office', contract.listResults, { id: few })).json<{
    items: contract.TeacherResult[]
  }>()
  expect(results.items.map(({ linked: said, answers }) => [said, answers])).toEqual(
    own.map(() => ['too-few', null]),
  )
  expect((await server.ask('office', contract.getCampaign, { id: few })).json()).toMatchObject({
    components: null,
  })
})

test('the indicator counts the corrected score like any other', async () => {
  const facts = await freezeFacts(server, { from: '2026-01-01', to: '2026-12-31' })
  const rows = await server.tables
    .selectFrom('teacher_result')
    .selectAll()
    .where('campaign_id', '=', campaign)
    .execute()
  const aigul = rows.find(({ teacher_id: id }) => id === server.university.teachers.aigul)!
  const fact = facts.find(({ teacherId }) => teacherId === aigul.teacher_id)
  expect(Number(fact?.attributes['shrunken'])).toBeCloseTo(Number(aigul.shrunken), 5)
  expect(Number(fact?.attributes['standardError'])).toBeCloseTo(Number(aigul.standard_error), 5)
  expect(fact?.attributes).toMatchObject({ answers: 16, students: 20, responseRate: 80 })
})
