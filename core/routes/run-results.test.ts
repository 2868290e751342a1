import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RankingRow, TeacherResult, UnitComparison } from '../contract/index.ts'
import { exampleRules, exampleText, pointsOf } from '../rating/example-rules.ts'
import { enterExample, rateExample } from '../rating/example-university.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

/** A run that uses what few regulations do: scales, roll-ups, limits of the total, requirements, money, places of units. */
const rules = exampleRules({
  areas: { A: {}, B: {} },
  criteria: { a: 'A', b: 'B' },
  rollUps: [
    { id: 'U', title: exampleText('Staff'), area: 'B', from: ['A'], statistic: 'mean', weight: '0.1' },
  ],
  extrapolation: {
    id: 'X',
    title: exampleText('Absence'),
    absence: ['leave'],
    areas: ['B'],
    atLeastDays: 30,
  },
  normalisation: { byArea: { A: { method: 'share-of-maximum', factor: '100' } } },
  norms: [{ id: 'N', title: exampleText('Norm'), points: '10' }],
  total: { cap: '95', floor: '0' },
  requirements: [
    {
      id: 'R',
      title: exampleText('Enough in B'),
      checks: [{ of: ['B'], atLeast: '3' }],
      effect: { kind: 'no-money' },
    },
  ],
  money: {
    kind: 'base',
    id: 'M',
    title: exampleText('Bonus'),
    currency: 'KZT',
    base: '200000',
    rates: { professor: '100' },
  },
  units: 'per-fte',
})

let server: TestApp
let account: number
let runId: number
const ids = new Map<string, number>()

beforeAll(async () => {
  server = await createTestApp()
  const { database } = server
  await enterExample(database, [
    { code: 'head', position: 'professor', leads: ['d'], facts: pointsOf({ a: 20, b: 90 }) },
    { code: 'strong', position: 'professor', facts: pointsOf({ a: 50, b: 4 }) },
    // 73 of 365 days on leave.
    {
      code: 'away',
      position: 'lecturer',
      leave: [['2025-12-01', '2026-02-11']],
      facts: pointsOf({ a: 10, b: 4 }),
    },
    { code: 'weak', position: 'professor', unit: 'e', facts: pointsOf({ a: 25, b: 1 }) },
  ])
  await sql`update core.unit set name = jsonb_build_object('kk', code, 'ru', code, 'en', code)`.execute(
    database.db,
  )
  const { results } = await rateExample(database, rules)
  for (const [code, { teacher_id, run_id }] of results) {
    ids.set(code, teacher_id)
    runId = run_id
  }
  const { rows } = await sql<{ id: number }>`insert into core.account_role (account_id, role)
    select min(id), 'office' from core.account returning account_id as id`.execute(database.db)
  account = rows[0]!.id
}, 60_000)
afterAll(async () => {
  await server.close()
})

async function answer(url: string, language = 'en') {
  return await server.app.inject({
    url: `/api${url}`,
    headers: { 'x-ustaz-account': String(account), 'accept-language': language },
  })
}
async function ask<T>(url: string, language?: string): Promise<T> {
  const response = await answer(url, language)
  expect(response.statusCode, response.body).toBe(200)
  return response.json<T>()
}

it('says which money results are worth and by what units are ranked', async () => {
  expect(await ask(`/runs/${runId}`)).toMatchObject({
    money: { id: 'M', title: { en: 'Bonus' }, currency: 'KZT' },
    units: 'per-fte',
  })
})

it('shows money beside the total, and in words why there is none', async () => {
  const { items } = await ask<{ items: RankingRow[] }>(`/runs/${runId}/ranking?sort=money`)
  const rows = items.map(({ code, total, money, notes }) => [
    code,
    total,
    money,
    notes.map(({ message }) => message),
  ])
  expect(rows).toEqual([
    ['head', '95.00', '190000.00', []],
    ['strong', '94.00', '188000.00', []],
    [
      'weak',
      '41.00',
      null,
      ['Requirement R «Enough in B» is not met (0 of 1; 1 where at least 3 is asked for): nothing is paid.'],
    ],
    [
      'away',
      '15.00',
      null,
      ['The amount cannot be told: M «Bonus» has no rate for the position "Lecturer".'],
    ],
  ])
  const { items: russian } = await ask<{ items: RankingRow[] }>(`/runs/${runId}/ranking?search=weak`, 'ru')
  expect(russian[0]!.notes[0]!.message).toMatch(/^Требование R «Enough in B» не выполнено/)
})

it("shows a teacher's steps by lines with the titles of their clauses, and values on their scale", async () => {
  const head = await ask<TeacherResult>(`/runs/${runId}/teachers/${ids.get('head')}`)
  // The staff's a: 50 and 10, a tenth of their mean; 20 of the highest 50 is 40; 40 + 93 - 10 is above 95.
  expect(head.lines.map(({ kind, clauseTitle, amount }) => [kind, clauseTitle.en, amount])).toEqual([
    ['points', 'a', '20'],
    ['normalise', 'A', '20'],
    ['points', 'b', '90'],
    ['roll-up', 'Staff', '3'],
    ['norm', 'Norm', '-10'],
    ['cap', 'Limits of the total', '-28'],
  ])
  expect(head.areas).toEqual([
    { area: 'A', points: '20', normalised: '40', weight: '1', score: '40' },
    { area: 'B', points: '93', normalised: null, weight: '1', score: '93' },
  ])
  const away = await ask<TeacherResult>(`/runs/${runId}/teachers/${ids.get('away')}`)
  expect(away.lines).toContainEqual(
    expect.objectContaining({ kind: 'extrapolation', clause: 'X', amount: '1' }),
  )
})

it('ranks units by the figure the regulation names', async () => {
  const { items } = await ask<{ items: UnitComparison[] }>(`/runs/${runId}/units?kind=department`)
  // (95 + 94 + 15) / 3, and 41 / 1.
  expect(items.map(({ code, ranked }) => [code, ranked])).toEqual([
    ['d', { place: 1, by: '68.00' }],
    ['e', { place: 2, by: '41.00' }],
  ])
})

it('writes money and notes into the file, with the currency', async () => {
  const { body } = await answer(`/runs/${runId}/ranking/export?format=csv`)
  const [header, first] = body.split('\r\n')
  expect(header).toMatch(/Total,Band,"Money, KZT",Notes$/)
  expect(first).toMatch(/,95,,190000,$/)
})

it('leaves money and notes out of the file of a regulation that knows none', async () => {
  const plain = exampleRules({ areas: { A: {}, B: {} }, criteria: { a: 'A', b: 'B' } })
  const { results } = await rateExample(server.database, plain)
  const { body } = await answer(`/runs/${results.get('head')!.run_id}/ranking/export?format=csv`)
  expect(body.split('\r\n')[0]).toMatch(/Total,Band$/)
})
