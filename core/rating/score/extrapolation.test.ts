import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Absence')
const absent = { id: 'X', title, absence: ['leave' as const, 'employment' as const], atLeastDays: 90 }
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({
    areas: { A: { cap: '100' }, B: {} },
    criteria: { a: 'A', b: 'B' },
    ...rest,
  })

let database: TestDatabase
let snapshotId: number
beforeAll(async () => {
  database = await createTestDatabase()
  const facts = pointsOf({ a: 60, b: 7 })
  await enterExample(database, [
    { code: 'whole', position: null, facts },
    // 73 days of leave: 292 days present.
    { code: 'away', position: null, leave: [['2025-12-01', '2026-02-11']], facts },
    // 292 days employed, 73 of them on leave: 219 days present.
    { code: 'both', position: null, startsOn: '2025-11-13', leave: [['2025-12-01', '2026-02-11']], facts },
    // 73 days employed.
    { code: 'late', position: null, startsOn: '2026-06-20', facts },
    { code: 'gone', position: null, leave: [['2025-01-01', '2027-01-01']], facts },
  ])
  snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

async function resultOf(code: string, rest: Partial<ExampleRules>) {
  const rated = await rateExample(database, rules(rest), { snapshotId })
  const { status, total, reasons } = rated.results.get(code)!
  return { status, total: plain(total!), reasons, lines: linesOf(rated, code) }
}

it.each([
  ['whole', ['leave', 'employment'], '67', []],
  [
    'away',
    ['leave', 'employment'],
    '83.75',
    [
      ['extrapolation', 'X', '15'],
      ['extrapolation', 'X', '1.75'],
    ],
  ],
  ['away', ['employment'], '67', []],
  // 365 / 219: 100 and 11.666666666667, the area's cap acts after it and has nothing to cut.
  [
    'both',
    ['leave', 'employment'],
    '111.666666666667',
    [
      ['extrapolation', 'X', '40'],
      ['extrapolation', 'X', '4.666666666667'],
    ],
  ],
  // 292 / 219
  [
    'both',
    ['leave'],
    '89.333333333333',
    [
      ['extrapolation', 'X', '20'],
      ['extrapolation', 'X', '2.333333333333'],
    ],
  ],
  [
    'both',
    ['employment'],
    '83.75',
    [
      ['extrapolation', 'X', '15'],
      ['extrapolation', 'X', '1.75'],
    ],
  ],
] as const)('makes up for days of %s absent by %j', async (code, absence, total, lines) => {
  const extrapolation = { ...absent, absence: [...absence] }
  expect(await resultOf(code, { extrapolation })).toMatchObject({ status: 'ranked', total, lines })
})

it('stretches only the areas it names, before their cap', async () => {
  const extrapolation = { ...absent, areas: ['A'], atLeastDays: 73 }
  // 60 x 5 = 300, cut to 100.
  expect(await resultOf('late', { extrapolation })).toMatchObject({
    total: '107',
    lines: [
      ['extrapolation', 'X', '240'],
      ['cap', 'A', '-200'],
    ],
  })
})

it('excludes whom too few days tell too little of, or leaves the points as they are', async () => {
  const reason = { code: 'days-too-few', clause: 'X', params: { days: 73, atLeast: '90' } }
  expect(await resultOf('late', { extrapolation: absent })).toMatchObject({
    status: 'excluded',
    total: '67',
    reasons: [reason],
  })
  expect(await resultOf('gone', { extrapolation: absent })).toMatchObject({
    status: 'excluded',
    reasons: [{ params: { days: 0 } }],
  })
  const asIs = { ...absent, whenFewer: 'as-is' as const }
  expect(await resultOf('late', { extrapolation: asIs })).toMatchObject({
    status: 'ranked',
    total: '67',
    lines: [],
  })
})

it('stretches a group with its area before it is cut to a share of the total', async () => {
  // away: 60 x 1.25 = 75 and 8.75; T = 8.75 / 0.75 = 11.666666666666 (cut off), the group keeps a quarter of it.
  const groups = [{ id: 'G', title, criteria: ['a'], shareOfTotal: '0.25' }]
  expect(await resultOf('away', { extrapolation: absent, groups })).toMatchObject({
    total: '11.6666666666665',
    lines: [
      ['extrapolation', 'X', '15'],
      ['share', 'G', '-72.0833333333335'],
      ['extrapolation', 'X', '1.75'],
    ],
  })
})
