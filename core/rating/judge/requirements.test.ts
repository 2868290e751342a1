import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Requirement')
type Rule = NonNullable<ExampleRules['requirements']>[number]
const rules = (requirements: Rule[], rest: Partial<ExampleRules> = {}) =>
  exampleRules({
    areas: { A: { cap: '100' }, B: {}, C: {} },
    criteria: { a: 'A', b: 'B', c: 'C', d: 'C' },
    groups: [{ id: 'G', title, criteria: ['c', 'd'], cap: '20' }],
    requirements,
    ...rest,
  })

let database: TestDatabase
let snapshotId: number
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'strong', position: 'professor', field: 'law', facts: pointsOf({ a: 150, b: 30, c: 15, d: 15 }) },
    {
      code: 'uneven',
      position: 'lecturer',
      field: 'arts',
      facts: [...pointsOf({ a: 90 }), ...pointsOf({ a: 5, b: 6 })],
    },
    { code: 'weak', position: 'lecturer', field: 'law', facts: pointsOf({ a: 10, b: 10, c: 10 }) },
    { code: 'unclear', position: null, facts: pointsOf({ a: 20 }) },
    { code: 'blocked', position: 'lecturer', field: 'law', facts: pointsOf({ a: null }) },
  ])
  snapshotId = (await rateExample(database, rules([]))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

async function rate(requirements: Rule[], rest: Partial<ExampleRules> = {}) {
  return await rateExample(database, rules(requirements, rest), { snapshotId })
}
const exclude = (checks: Rule['checks'], more: Partial<Rule> = {}): Rule => ({
  id: 'R',
  title,
  checks,
  effect: { kind: 'exclude' },
  ...more,
})

/** Codes of teachers who stay ranked, and of those who are blocked as unknown. */
async function split(rule: Rule) {
  const { results } = await rate([rule])
  const rows = [...results]
  return {
    ranked: rows
      .filter(([, { status }]) => status === 'ranked')
      .map(([code]) => code)
      .sort(),
    unknown: rows
      .filter(([, { reasons }]) => reasons.some(({ code }) => code === 'requirement-unknown'))
      .map(([code]) => code),
  }
}

describe('what is looked at', () => {
  it.each([
    // Totals: 150, 101, 30, 20.
    ['the total', [{ atLeast: '101' }], ['strong', 'uneven']],
    ['an area after its cap', [{ of: ['A'], atLeast: '100.5' }], []],
    ['a criterion before the cap of its area', [{ of: ['a'], atLeast: '100.5' }], ['strong']],
    ['a group after its cap', [{ of: ['G'], atLeast: '20' }], ['strong']],
    ['areas and criteria together', [{ of: ['B', 'c'], atLeast: '20' }], ['strong', 'weak']],
    ['the number of counted facts', [{ measure: 'facts', atLeast: '4' }], ['strong']],
    ['facts of a criterion', [{ of: ['a'], measure: 'facts', atLeast: '2' }], ['uneven']],
    [
      'facts of a group and an area',
      [{ of: ['G', 'B'], measure: 'facts', atLeast: '2' }],
      ['strong', 'weak'],
    ],
  ] as [string, Rule['checks'], string[]][])('%s', async (_, checks, ranked) => {
    expect((await split(exclude(checks))).ranked).toEqual(ranked)
  })

  it('says what is lacking', async () => {
    const { results } = await rate([
      exclude([{ atLeast: '10' }, { of: ['B'], atLeast: '8' }, { of: ['C'], atLeast: '1' }]),
    ])
    expect(results.get('uneven')).toMatchObject({
      status: 'excluded',
      reasons: [
        { code: 'requirement-unmet', clause: 'R', params: { met: 1, needed: 3, value: '6', atLeast: '8' } },
      ],
    })
  })
})

const three: Rule['checks'] = [
  { of: ['A'], atLeast: '12' },
  { of: ['B'], atLeast: '10' },
  { of: ['C'], atLeast: '10' },
]

it.each([
  [1, ['strong', 'unclear', 'uneven', 'weak']],
  [2, ['strong', 'weak']],
  [3, ['strong']],
])('asks for at least %i of three', async (needed, ranked) => {
  expect((await split(exclude(three, { needed }))).ranked).toEqual(ranked)
})

it.each([
  // weak lacks 2 in A and has no surplus; uneven lacks 4 and 10, with a surplus of 83 in A; unclear lacks 10 and 10 of a surplus of 8.
  [null, '0', ['strong']],
  [null, '1', ['strong', 'uneven']],
  // 83 x 0.168 = 13.944 is not enough for 14; 83 x 0.169 = 14.027 is.
  [null, '0.168', ['strong']],
  [null, '0.169', ['strong', 'uneven']],
  // The smaller lack is made up for first: 83 x 0.05 = 4.15.
  [2, '0.05', ['strong', 'uneven', 'weak']],
  [2, '0.04', ['strong', 'weak']],
] as const)('of %s needed, with compensation %s', async (needed, compensation, ranked) => {
  expect((await split(exclude(three, { needed, compensation }))).ranked).toEqual(ranked)
})

it('asks other numbers of some positions, and cannot tell where the position is unknown', async () => {
  const found = await split(exclude([{ atLeast: '25', byPosition: { professor: '151' } }]))
  expect(found).toEqual({ ranked: ['uneven', 'weak'], unknown: ['unclear'] })
})

it('concerns whom its conditions name, and cannot tell where they ask for what is unknown', async () => {
  const where = [{ value: 'teacher.field', is: ['law'] }]
  const found = await split(exclude([{ atLeast: '31' }], { where }))
  expect(found).toEqual({ ranked: ['strong', 'uneven'], unknown: ['unclear'] })
})

it('says nothing of a teacher whose points are not known', async () => {
  const { results } = await rate([exclude([{ atLeast: '1000' }])])
  expect(results.get('blocked')!.reasons.map(({ code }) => code)).toEqual(['value-unknown'])
})

describe('what follows', () => {
  const demand = (kind: Rule['effect'], atLeast: string, id = 'R'): Rule => ({
    id,
    title,
    checks: [{ of: ['A'], atLeast }],
    effect: kind,
  })

  it('makes the total 0 by a line of its own', async () => {
    const rated = await rate([demand({ kind: 'zero' }, '12'), demand({ kind: 'zero' }, '13', 'S')])
    expect(rated.results.get('weak')).toMatchObject({ status: 'ranked', total: '0', place: 4 })
    expect(linesOf(rated, 'weak')).toEqual([['requirement', 'R', '-30']])
    expect(rated.results.get('weak')!.notes.map(({ code, clause }) => [code, clause])).toEqual([
      ['requirement-zero', 'R'],
      ['requirement-zero', 'S'],
    ])
    expect(rated.results.get('uneven')!.notes).toEqual([])
  })

  const bands = [
    { id: 'low', title, from: null, to: '30' },
    { id: 'middle', title, from: '30', to: '100' },
    { id: 'high', title, from: '100', to: null },
  ]
  it('leaves no band above the one it names', async () => {
    const { results } = await rate([demand({ kind: 'band', notAbove: 'middle' }, '96')], { bands })
    const found = [...results].map(([code, { band }]) => [code, band])
    expect(Object.fromEntries(found)).toEqual({
      strong: 'high',
      uneven: 'middle',
      weak: 'middle',
      unclear: 'low',
      blocked: null,
    })
  })

  it('goes by what is left of a group after its share of the total', async () => {
    const groups = [{ id: 'G', title, criteria: ['c', 'd'], shareOfTotal: '0.1' }]
    const { results } = await rate([exclude([{ of: ['G'], atLeast: '5' }])], { groups })
    // weak: T = 20 / 0.9, of which the group keeps 2.22 of its 10; strong: T = 130 / 0.9.
    const left = (code: string) => [results.get(code)!.status, results.get(code)!.reasons[0]?.params['value']]
    expect(left('weak')).toEqual(['excluded', '2.2222222222222'])
    expect(left('strong')).toEqual(['ranked', undefined])
  })

  it('pays nothing', async () => {
    const money = {
      kind: 'bands' as const,
      id: 'M',
      title,
      currency: 'KZT',
      byBand: { high: '1000', low: '5' },
    }
    const { results } = await rate([demand({ kind: 'no-money' }, '96')], { bands, money })
    expect([...results].map(([code, row]) => [code, row.money === null ? null : plain(row.money)])).toEqual([
      ['strong', '1000'],
      ['uneven', null],
      ['weak', null],
      ['unclear', null],
      ['blocked', null],
    ])
    expect(results.get('uneven')!.notes).toEqual([
      {
        code: 'requirement-no-money',
        clause: 'R',
        params: { met: 0, needed: 1, value: '95', atLeast: '96' },
      },
    ])
  })
})
