import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Result')
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({ areas: { A: {} }, criteria: { a: 'A' }, ...rest })

let database: TestDatabase
let snapshotId: number
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'first', position: 'professor', facts: pointsOf({ a: 67.8 }) },
    { code: 'second', position: 'lecturer', unit: 'd2', facts: pointsOf({ a: 33.333 }) },
    { code: 'third', position: 'assistant', unit: 'e', facts: pointsOf({ a: 10 }) },
    { code: 'minus', position: 'lecturer', unit: 'e', rate: '0.5', facts: pointsOf({ a: -5 }) },
    { code: 'unknown', position: null, facts: pointsOf({ a: 1 }) },
    { code: 'out', position: 'professor', field: 'arts', facts: pointsOf({ a: 50 }) },
    // 3/4 in d2, 1/4 in e.
    {
      code: 'shared',
      posts: [
        { position: 'lecturer', unit: 'd2', rate: '0.75' },
        { position: 'lecturer', unit: 'e', rate: '0.25' },
      ],
      facts: pointsOf({ a: 20 }),
    },
    { code: 'blocked', position: 'lecturer', facts: pointsOf({ a: null }) },
  ])
  snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

const noArts = {
  id: 'E',
  title,
  kind: 'teacher' as const,
  where: [{ value: 'teacher.field', isNot: ['arts'] }],
  whenUnknown: 'include' as const,
}

async function rate(rest: Partial<ExampleRules>) {
  return await rateExample(database, rules({ eligibility: [noArts], ...rest }), { snapshotId })
}
async function moneyOf(rest: Partial<ExampleRules>) {
  const { results } = await rate(rest)
  return Object.fromEntries([...results].map(([code, { money }]) => [code, money]))
}

describe('money', () => {
  const base = {
    kind: 'base' as const,
    id: 'M',
    title,
    currency: 'TRY',
    base: '12345.67',
    rates: { professor: '100', lecturer: '70' },
  }

  it('is base x rate x total / 100, rounded once, never below 0, and only for the ranked', async () => {
    // 12345.67 x 0.678 = 8370.36426; x 0.7 x 0.33333 = 2880.6275...; 12345.67 x 0.7 x 0.2 = 1728.3938.
    expect(await moneyOf({ money: base })).toEqual({
      first: '8370.36',
      second: '2880.63',
      third: null,
      minus: '0.00',
      unknown: null,
      out: null,
      shared: '1728.39',
      blocked: null,
    })
  })

  it('cannot be told without a rate: a note says so, and the place stays', async () => {
    const { results } = await rate({ money: base })
    expect(results.get('third')).toMatchObject({
      status: 'ranked',
      notes: [{ code: 'money-rate-missing', clause: 'M', params: { position: 'assistant' } }],
    })
    expect(results.get('unknown')!.notes).toMatchObject([
      { code: 'money-rate-missing', params: { position: null } },
    ])
    expect(results.get('out')!.notes).toEqual([])
  })

  it('goes by what the whole base is worth, is capped before it is rounded, and is rounded as the regulation says', async () => {
    const money = { ...base, per: '50', cap: '9999.95', digits: 1 }
    // 12345.67 x 1.356 is above the cap; 12345.67 x 0.7 x 0.66666 = 5761.25506...
    expect(await moneyOf({ money })).toMatchObject({ first: '10000.0', second: '5761.3' })
  })

  it('is a fund divided by the totals above 0; what rounding leaves over is not paid', async () => {
    const money = { kind: 'fund' as const, id: 'F', title, currency: 'KZT', amount: '1000', digits: 0 }
    // 132.133 among four: 1000 x 67.8 / 132.133 = 513.119, 252.268, 75.68, 151.36; unknown 7.568.
    expect(await moneyOf({ money })).toEqual({
      first: '513',
      second: '252',
      third: '75',
      minus: '0',
      unknown: '7',
      out: null,
      shared: '151',
      blocked: null,
    })
  })

  it('divides the fund only among those to whom it is due', async () => {
    const money = { kind: 'fund' as const, id: 'F', title, currency: 'KZT', amount: '100.00', digits: 2 }
    const requirements = [
      { id: 'R', title, checks: [{ atLeast: '30' }], effect: { kind: 'no-money' as const } },
    ]
    // 67.8 / 101.133 and 33.333 / 101.133
    expect(await moneyOf({ money, requirements })).toMatchObject({
      first: '67.04',
      second: '32.95',
      third: null,
      minus: null,
    })
  })
})

describe('bands', () => {
  const bands = [
    { id: 'A', title, from: null, to: '10' },
    { id: 'B', title, from: '10', to: '33.333' },
    { id: 'C', title, from: '33.333', to: null },
  ]
  const bandsOf = async (rest: Partial<ExampleRules>) => {
    const { results } = await rate({ bands, ...rest })
    return Object.fromEntries([...results].map(([code, { band }]) => [code, band]))
  }

  it('hold exact totals, from inclusive and to exclusive, also of who is not ranked', async () => {
    expect(await bandsOf({})).toEqual({
      first: 'C',
      second: 'C',
      third: 'B',
      minus: 'A',
      unknown: 'A',
      out: 'C',
      shared: 'B',
      blocked: null,
    })
  })

  it('hold parts of the league, to inclusive: the first third of six are two', async () => {
    const percent = [
      { id: 'A', title, from: null, to: '33.333333333334' },
      { id: 'B', title, from: '33.333333333334', to: '50' },
    ]
    expect(await bandsOf({ bands: percent, bandsBy: 'league-percent' })).toEqual({
      first: 'A',
      second: 'A',
      shared: 'B',
      third: null,
      unknown: null,
      minus: null,
      out: null,
      blocked: null,
    })
  })

  it('of parts of the league fall: who does not meet a requirement is not in a better one', async () => {
    const percent = [
      { id: 'A', title, from: null, to: '20' },
      { id: 'B', title, from: '20', to: '100' },
    ]
    const requirements = [
      { id: 'R', title, checks: [{ atLeast: '70' }], effect: { kind: 'band' as const, notAbove: 'B' } },
    ]
    expect(await bandsOf({ bands: percent, bandsBy: 'league-percent', requirements })).toMatchObject({
      first: 'B',
      third: 'B',
    })
    expect(await bandsOf({ bands: percent, bandsBy: 'league-percent' })).toMatchObject({
      first: 'A',
      third: 'B',
    })
  })
})

describe('places of units', () => {
  async function unitsOf(units: NonNullable<ExampleRules['units']>) {
    const { outcome, results } = await rate({ units })
    const { rows } = await sql<Record<string, unknown>>`
      select s.code, x.scored, trim_scale(x.fte)::text as fte, trim_scale(x.total)::text as total, x.place
      from core.run_unit x join core.snapshot_unit s on s.snapshot_id = ${outcome.snapshotId} and s.unit_id = x.unit_id
      where x.run_id = ${results.get('first')!.run_id} order by s.code`.execute(database.db)
    return rows.map(({ code, scored, fte, total, place }) => [code, scored, fte, total, place])
  }

  it.each([
    // d: first 67.8, unknown 1, out 50; d2: second 33.333 and 3/4 of 20; e: third 10, minus -5 and 1/4 of 20.
    [
      'sum',
      [
        ['d', 3, '3', '118.8', 1],
        ['d2', 2, '1.75', '48.333', 2],
        ['e', 3, '1.75', '10', 3],
        ['faculty', 5, '4.75', '167.133', 1],
        ['other', 3, '1.75', '10', 2],
      ],
    ],
    [
      'per-fte',
      [
        ['d', 3, '3', '39.6', 1],
        ['d2', 2, '1.75', '27.618857142857', 2],
        ['e', 3, '1.75', '5.714285714286', 3],
        ['faculty', 5, '4.75', '35.185894736842', 1],
        ['other', 3, '1.75', '5.714285714286', 2],
      ],
    ],
    [
      'mean',
      [
        ['d', 3, '3', '39.6', 1],
        ['d2', 2, '1.75', '27.618857142857', 2],
        ['e', 3, '1.75', '4.444444444444', 3],
        ['faculty', 5, '4.75', '35.185894736842', 1],
        ['other', 3, '1.75', '4.444444444444', 2],
      ],
    ],
    // d2: 20 (3/4), 33.333: half of 1.75 lies within 33.333; faculty: 1 20 33.333 50 67.8: half of 4.75 within 33.333.
    [
      'median',
      [
        ['d', 3, '3', '50', 1],
        ['d2', 2, '1.75', '33.333', 2],
        ['e', 3, '1.75', '10', 3],
        ['faculty', 5, '4.75', '33.333', 1],
        ['other', 3, '1.75', '10', 2],
      ],
    ],
  ] as const)('go by the %s of the totals', async (units, expected) => {
    expect(await unitsOf(units)).toEqual(expected)
  })

  it('stand in the hash of the run', async () => {
    const [sum, mean, none] = await Promise.all([rate({ units: 'sum' }), rate({ units: 'mean' }), rate({})])
    expect(new Set([sum, mean, none].map(({ outcome }) => outcome.hash)).size).toBe(3)
  })
})
