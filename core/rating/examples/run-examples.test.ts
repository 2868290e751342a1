import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { regulationDocumentSchema } from '../../contract/index.ts'
import type { RegulationDocument } from '../../contract/index.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { onePointWeighting } from '../example-university.ts'
import type { RatingSources } from '../run-order.ts'
import { plainDecimal } from './compare-example.ts'
import { periodOf, postsOf, serviceFrom } from './example-facts.ts'
import { runExamples } from './run-examples.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

const text = (word: string) => ({ kk: word, ru: word, en: word })
const sources: RatingSources = {
  factSources: () => [],
  weighting: () => onePointWeighting,
  pointsFunction: () => null,
}

function documentOf(examples: unknown[], changes: Record<string, unknown> = {}): RegulationDocument {
  return regulationDocumentSchema.parse({
    code: 'example',
    version: '1',
    title: text('Example'),
    description: text('Example'),
    source: 'core/rating/examples',
    periodStart: '09-01',
    validFrom: '2025-09-01',
    areas: [{ id: 'A', title: text('A'), cap: '100' }],
    criteria: [
      {
        id: 'sheets',
        area: 'A',
        title: text('sheets'),
        unit: 'printed-sheet',
        indicator: 'example.book',
        points: { kind: 'per-value', of: 'sheets', points: '45' },
        split: { kind: 'equal' },
      },
    ],
    norms: [{ id: 'N', title: text('N'), byPosition: { professor: '10' } }],
    eligibility: [{ id: 'E', title: text('E'), kind: 'service-years', atLeast: '1' }],
    leagues: [{ id: 'L', title: text('L'), positions: ['professor'] }],
    bands: [{ id: 'B', title: text('B'), from: '0', to: null }],
    weighting: { id: 'points' },
    rounding: { digits: 2 },
    examples,
    ...changes,
  })
}
const book = (sheets: unknown, more: object = {}) => ({
  indicator: 'example.book',
  data: { sheets },
  ...more,
})
const person = (facts: object[], expected: object, more: object = {}) => ({
  position: 'professor',
  facts,
  expect: expected,
  ...more,
})

test('an example that comes out as it says has no findings', async () => {
  const lines = [
    { kind: 'points', clause: 'sheets', amount: '90' },
    { kind: 'split', amount: '-45.0' },
    { kind: 'norm', clause: 'N', amount: '-10' },
  ]
  const examples = [
    {
      name: 'two authors',
      people: [
        person([book(2, { participants: 2 })], {
          status: 'ranked',
          reasons: [],
          total: '35.00',
          shown: '35.00',
          areas: { A: '45' },
          criteria: { sheets: '45' },
          place: 1,
          band: 'B',
          league: 'L',
          money: null,
          lines,
        }),
      ],
    },
    {
      name: 'capped',
      people: [person([book(4)], { total: '90', criteria: { sheets: '180' }, areas: { A: '100' } })],
    },
    {
      name: 'unknown sheets block',
      people: [
        person([book(null)], {
          status: 'blocked',
          total: null,
          reasons: [{ code: 'value-unknown', clause: 'sheets' }],
        }),
      ],
    },
    {
      name: 'in the first year',
      people: [person([], { status: 'excluded', total: '-10' }, { serviceYears: 0 })],
    },
    { name: 'nothing counted is 0', people: [person([], { criteria: { sheets: '0' }, areas: { A: '0' } })] },
  ]
  expect(await runExamples(database.db, documentOf(examples), sources)).toEqual([])
})

test('what differs is named with its place, what is expected and what came out', async () => {
  const expected = {
    status: 'excluded',
    total: '36',
    place: 2,
    areas: { A: '44' },
    reasons: [{ code: 'rate-too-low' }],
    lines: [{ kind: 'points', amount: '90' }],
  }
  const findings = await runExamples(
    database.db,
    documentOf([
      { name: 'right', people: [person([], { total: '-10' })] },
      { name: 'wrong', people: [person([book(2, { participants: 2 })], expected)] },
    ]),
    sources,
  )
  expect(findings.map(({ path, params }) => [path, params['expected'], params['actual']])).toEqual([
    ['/examples/1/people/0/expect/areas/A', '44', '45'],
    ['/examples/1/people/0/expect/lines/1', null, 'split -45'],
    ['/examples/1/people/0/expect/lines/2', null, 'norm -10'],
    ['/examples/1/people/0/expect/place', '2', '1'],
    ['/examples/1/people/0/expect/reasons', 'rate-too-low', null],
    ['/examples/1/people/0/expect/status', 'excluded', 'ranked'],
    ['/examples/1/people/0/expect/total', '36', '35'],
  ])
  for (const finding of findings) {
    expect(finding).toMatchObject({
      severity: 'error',
      code: 'regulation.example-differs',
      params: { clause: 'wrong' },
    })
  }
})

test('people of one example are ranked against each other, those of different examples never', async () => {
  const two = [
    { name: 'first', ...person([book(2)], { place: 1 }) },
    { name: 'second', ...person([book(1)], { place: 2 }) },
  ]
  const examples = [
    { name: 'together', people: two },
    { name: 'alone', people: [person([book(0.5)], { place: 1 })] },
  ]
  expect(await runExamples(database.db, documentOf(examples), sources)).toEqual([])
})

test('an example that cannot be rated is a finding, and the others are rated all the same', async () => {
  const wrong = { ...onePointWeighting, weigh: () => ({ weights: {}, how: {} }) }
  const broken = { ...sources, weighting: () => wrong }
  const examples = [{ name: 'any', people: [person([], { place: 1 })] }]
  expect(await runExamples(database.db, documentOf(examples), broken)).toMatchObject([
    { path: '/examples/0', code: 'regulation.example-failed', params: { clause: 'any' } },
  ])
})

test('nothing of it is kept', async () => {
  await runExamples(database.db, documentOf([{ name: 'any', people: [person([book(1)], {})] }]), sources)
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from core.snapshot) + (select count(*) from core.snapshot_teacher) +
      (select count(*) from core.snapshot_fact) + (select count(*) from core.run_teacher) as n`.execute(
    database.db,
  )
  expect(rows[0]!.n).toBe(0)
})

test('periods, posts and service follow from what is given', () => {
  const document = documentOf([{ name: 'any', people: [{}] }], { validFrom: null, periodStart: '01-01' })
  const example = document.examples[0]!
  const period = periodOf(example, document)
  expect(period).toEqual({ from: '2025-01-01', to: '2025-12-31' })
  const [someone] = example.people
  expect(serviceFrom({ ...someone!, serviceYears: 1 }, period)).toBe('2025-01-01')
  expect(serviceFrom({ ...someone!, serviceYears: 0 }, period)).toBe('2025-01-02')
  expect(postsOf({ ...someone!, position: 'lecturer', employedDays: 31 }, period)).toEqual([
    { position: 'lecturer', rate: '1', firstDay: '2025-12-01', lastDay: '2025-12-31' },
  ])
  const posts = [
    { position: 'lecturer', rate: '1', days: 31 },
    { position: 'professor', rate: '0.5', days: 28 },
  ]
  expect(postsOf({ ...someone!, posts }, period).map(({ firstDay, lastDay }) => [firstDay, lastDay])).toEqual(
    [
      ['2025-01-01', '2025-01-31'],
      ['2025-02-01', '2025-02-28'],
    ],
  )
})

test.each([
  ['12.00', '12'],
  ['0.50', '0.5'],
  ['-0', '0'],
  ['-0.10', '-0.1'],
  ['100', '100'],
  ['007.0', '7'],
])('%s is written %s', (given, plain) => {
  expect(plainDecimal(given)).toBe(plain)
})
