import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { exampleRules, exampleText, linesOf, plain, pointsOf } from '../example-rules.ts'
import type { ExampleRules } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'

const title = exampleText('Norm')
const rules = (rest: Partial<ExampleRules>) =>
  exampleRules({ areas: { A: {} }, criteria: { a: 'A' }, ...rest })
const norm = { id: 'N', title, byPosition: { professor: '100', lecturer: '30' } }

let database: TestDatabase
let snapshotId: number

beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, [
    { code: 'professor', position: 'professor', facts: pointsOf({ a: 40 }) },
    { code: 'lecturer', position: 'lecturer', facts: pointsOf({ a: 40 }) },
    { code: 'assistant', position: 'assistant', facts: pointsOf({ a: 40 }) },
    { code: 'unknown', position: null, facts: pointsOf({ a: 40 }) },
    { code: 'service', position: 'lecturer', unit: 'd2', field: 'arts', facts: pointsOf({ a: 40 }) },
    // 73 of the 365 days employed.
    { code: 'late', position: 'professor', rate: '0.5', startsOn: '2026-06-20', facts: [] },
    // 73 days of leave in the year.
    { code: 'away', position: 'professor', leave: [['2025-12-01', '2026-02-11']], facts: [] },
    // 292 days employed, 73 of them on leave.
    {
      code: 'both',
      position: 'professor',
      startsOn: '2025-11-13',
      leave: [['2025-12-01', '2026-02-11']],
      facts: [],
    },
    {
      code: 'promoted',
      posts: [
        { position: 'lecturer', endsOn: '2026-01-31' },
        { position: 'professor', startsOn: '2026-02-01' },
      ],
      facts: [],
    },
    {
      code: 'gap',
      posts: [
        { position: 'assistant', endsOn: '2026-01-31' },
        { position: 'professor', startsOn: '2026-02-01' },
      ],
      facts: [],
    },
  ])
  snapshotId = (await rateExample(database, rules({}))).outcome.snapshotId
})
afterAll(async () => {
  await database.drop()
})

async function resultOf(code: string, rest: Partial<ExampleRules>) {
  const rated = await rateExample(database, rules(rest), { snapshotId })
  const { status, total, reasons } = rated.results.get(code)!
  return {
    status,
    total: total === null ? null : plain(total),
    reasons: reasons.map((reason) => [reason.code, reason.clause]),
    lines: linesOf(rated, code),
  }
}

it.each([
  ['professor', '-60', [['norm', 'N', '-100']]],
  ['lecturer', '10', [['norm', 'N', '-30']]],
])('subtracts the norm of a %s', async (code, total, lines) => {
  expect(await resultOf(code, { norms: [norm] })).toMatchObject({ status: 'ranked', total, lines })
})

it.each([
  // 100 x 40 / 100 and 100 x 40 / 30, carried to 12 decimals.
  ['professor', '40', []],
  ['lecturer', '133.333333333333', [['norm', 'N', '93.333333333333']]],
])('makes the total of a %s a percentage of the norm', async (code, total, lines) => {
  expect(await resultOf(code, { norms: [{ ...norm, mode: 'ratio' }] })).toMatchObject({ total, lines })
})

it('divides by a norm what is left after another is subtracted', async () => {
  const norms = [
    { ...norm, id: 'base' },
    { id: 'ratio', title, points: '16', mode: 'ratio' as const },
  ]
  expect(await resultOf('lecturer', { norms })).toMatchObject({
    total: '62.5',
    lines: [
      ['norm', 'base', '-30'],
      ['norm', 'ratio', '52.5'],
    ],
  })
})

it('gives positions without a row the points for all, and asks nobody for a position it does not need', async () => {
  const norms = [{ ...norm, points: '7' }]
  expect(await resultOf('assistant', { norms })).toMatchObject({ total: '33' })
  expect(await resultOf('lecturer', { norms })).toMatchObject({ total: '10' })
  expect(await resultOf('unknown', { norms: [{ id: 'N', title, points: '7' }] })).toMatchObject({
    total: '33',
  })
})

it.each([
  ['assistant', { norms: [norm] }, [['norm-missing', 'N']]],
  ['unknown', { norms: [norm] }, [['position-unknown', null]]],
  ['unknown', { norms: [{ ...norm, points: '7' }] }, [['position-unknown', null]]],
  [
    'professor',
    { norms: [{ ...norm, byPosition: { professor: '0' }, mode: 'ratio' as const }] },
    [['norm-zero', 'N']],
  ],
])('blocks %s by %j', async (code, rest, reasons) => {
  expect(await resultOf(code, rest)).toMatchObject({ status: 'blocked', total: null, reasons })
})

it.each([
  [
    'professor',
    '0',
    [
      ['norm', 'N', '-100'],
      ['floor', 'total', '60'],
    ],
  ],
  [
    'lecturer',
    '8',
    [
      ['norm', 'N', '-30'],
      ['cap', 'total', '-2'],
    ],
  ],
])('holds the total of a %s between its limits, after the norm', async (code, total, lines) => {
  const rest = { norms: [norm], total: { cap: '8', floor: '0' } }
  expect(await resultOf(code, rest)).toMatchObject({ total, lines })
})

describe('exceptions', () => {
  const norms = [
    {
      ...norm,
      exceptions: [
        { where: [{ value: 'teacher.department', is: ['d2'] }], points: '20' },
        { where: [{ value: 'teacher.field', is: ['arts'] }], points: '5' },
      ],
    },
  ]
  it('gives the norm of the first exception that holds', async () => {
    expect(await resultOf('service', { norms })).toMatchObject({ total: '20' })
    expect(
      await resultOf('service', { norms: [{ ...norms[0]!, exceptions: norms[0]!.exceptions.toReversed() }] }),
    ).toMatchObject({ total: '35' })
  })
  it('blocks where it is not known whether one holds', async () => {
    const result = await resultOf('lecturer', { norms })
    expect(result).toMatchObject({ status: 'blocked', reasons: [['norm-unknown', 'N']] })
  })
})

describe('by the days of each position', () => {
  const norms = [{ ...norm, position: 'by-days' as const }]
  it('weighs the norms of the posts of the period', async () => {
    // (30 x 153 + 100 x 212) / 365
    expect(await resultOf('promoted', { norms })).toMatchObject({ total: '-70.657534246575' })
    expect(await resultOf('promoted', { norms: [norm] })).toMatchObject({ total: '-100' })
    expect(await resultOf('lecturer', { norms })).toMatchObject({ total: '10' })
  })
  it('blocks where one of the posts has no norm', async () => {
    expect(await resultOf('gap', { norms })).toMatchObject({
      status: 'blocked',
      reasons: [['norm-missing', 'N']],
    })
  })
})

it('blocks where no norm is given and nobody knows the position', async () => {
  const norms = [{ id: 'N', title, exceptions: [], mode: 'subtract' as const }]
  expect(await resultOf('unknown', { norms })).toMatchObject({
    status: 'blocked',
    reasons: [['norm-unknown', 'N']],
  })
  expect(await resultOf('lecturer', { norms })).toMatchObject({
    status: 'blocked',
    reasons: [['norm-missing', 'N']],
  })
})

it.each([
  ['late', ['rate'], '-50'],
  ['late', ['employment'], '-20'],
  ['late', ['rate', 'employment'], '-10'],
  ['away', ['leave'], '-80'],
  ['away', ['employment'], '-100'],
  ['both', ['employment'], '-80'],
  ['both', ['leave'], '-75'],
  ['both', ['employment', 'leave'], '-60'],
] as const)('prorates the norm of %s by %j', async (code, prorate, total) => {
  expect(await resultOf(code, { norms: [{ ...norm, prorate: [...prorate] }] })).toMatchObject({ total })
})
