import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { exampleRules, exampleText } from './example-rules.ts'
import type { ExampleRules } from './example-rules.ts'
import { enterExample, onePointWeighting, rateExample } from './example-university.ts'
import type { ExampleTeacher } from './example-university.ts'

const title = exampleText('Random')
const criteria = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const areas = ['A', 'B', 'C'] as const
const half = (values: readonly string[]) => fc.option(fc.constantFrom(...values))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const share = fc.integer({ min: 1, max: 99 }).map((percent) => String(percent / 100))

const area = fc.record({
  cap: half(['40', '150.5']),
  floor: half(['0', '7.25']),
  shareOfTotal: fc.option(share),
})
const group = (id: string, members: string[]) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(title),
    criteria: fc.constant<string[]>(members),
    cap: half(['25', '60']),
    floor: half(['5']),
    shareOfTotal: fc.option(share),
  })
const statistic = fc.constantFrom('sum' as const, 'per-fte' as const, 'mean' as const, 'median' as const)

const rulesArbitrary: fc.Arbitrary<ExampleRules> = fc
  .record({
    areas: fc.record({ A: area, B: area, C: area }),
    groups: fc
      .subarray([0, 1, 2])
      .chain((which) =>
        fc.tuple(
          ...which.map(
            (index) => [group('ab', ['a', 'b']), group('c', ['c']), group('de', ['d', 'e'])][index]!,
          ),
        ),
      ),
    extrapolation: fc.option(
      fc.record({
        id: fc.constant('X'),
        title: fc.constant(title),
        absence: fc.subarray(['leave' as const, 'employment' as const], { minLength: 1 }),
        areas: fc.option(fc.subarray([...areas], { minLength: 1 })),
        atLeastDays: fc.constantFrom(1, 120),
        whenFewer: fc.constantFrom('exclude' as const, 'as-is' as const),
      }),
    ),
    rollUps: fc.array(
      fc.record({
        title: fc.constant(title),
        area: fc.constantFrom(...areas),
        from: fc.subarray([...areas], { minLength: 1 }),
        statistic,
        weight: fc.constantFrom('0.1', '0.333', '2'),
        leaders: fc.constantFrom('department' as const, 'faculty' as const, 'any' as const),
        withLeader: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    scale: fc.constantFrom('none', 'none', 'z', 'share-of-maximum'),
    aggregation: fc.constantFrom(
      { method: 'sum' as const },
      { method: 'sum' as const },
      { method: 'arithmetic' as const },
      { method: 'minimum' as const },
    ),
    norm: maybe(
      fc.record({
        mode: fc.constantFrom('subtract' as const, 'ratio' as const),
        position: fc.constantFrom('last' as const, 'by-days' as const),
        prorate: fc.subarray(['rate' as const, 'employment' as const]),
      }),
    ),
    total: fc.record({ cap: half(['90']), floor: half(['0']) }),
    zero: maybe(fc.constantFrom('5', '20')),
    rated: fc.constantFrom('all' as const, 'all' as const, 'all' as const, 'department-leaders' as const),
  })
  .map(({ rollUps, scale, norm, zero, ...rest }) => ({
    ...rest,
    criteria: { a: 'A', b: 'A', c: { area: 'B', cap: '33.3' }, d: 'C', e: 'C', f: 'C' },
    rollUps: rollUps.map((rule, index) => ({ id: `U${index}`, ...rule })),
    normalisation:
      scale === 'none' ? {} : { byArea: { B: { method: scale as 'z', within: 'all' as const } } },
    norms: norm ? [{ id: 'N', title, byPosition: { professor: '30', lecturer: '12.5' }, ...norm }] : [],
    requirements: zero
      ? [{ id: 'R', title, checks: [{ of: ['A'], atLeast: zero }], effect: { kind: 'zero' as const } }]
      : [],
  }))

const points = fc.oneof(
  fc.integer({ min: -30, max: 120 }),
  fc.integer({ min: 1, max: 99_999 }).map((part) => part / 1000),
)
const teacherArbitrary = fc.record({
  position: fc.constantFrom('professor', 'lecturer'),
  unit: fc.constantFrom('d', 'd2', 'e'),
  rate: fc.constantFrom('1', '0.5', '0.3'),
  startsOn: fc.constantFrom('2015-09-01', '2015-09-01', '2025-11-20', '2026-05-01'),
  leave: fc.constantFrom<ExampleTeacher['leave'][]>([], [['2026-01-10', '2026-03-05']]),
  facts: fc.array(
    fc
      .record({ type: fc.constantFrom(...criteria), points })
      .map((attributes) => ({ indicator: 'example.thing', attributes })),
    { maxLength: 8 },
  ),
})

const documents = fc.sample(rulesArbitrary, { seed: 4, numRuns: 24 }).map(exampleRules)
const teachers: ExampleTeacher[] = fc
  .sample(teacherArbitrary, { seed: 5, numRuns: 60 })
  .map((teacher, index) => ({
    ...teacher,
    code: `T${index}`,
    leads: { 0: ['d'], 1: ['faculty', 'd2'], 2: ['e'] }[index] ?? [],
  }))
const weighting = {
  ...onePointWeighting,
  weigh: () => ({ weights: { A: '0.7', B: 1 / 3, C: '1' }, how: {} }),
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await enterExample(database, teachers)
})
afterAll(async () => {
  await database.drop()
})

/** In units of 10^-40. */
const units = (decimal: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,40}))?$/.exec(decimal)!
  const value = BigInt(whole! + fraction.padEnd(40, '0'))
  return sign === '-' ? -value : value
}

it('adds up to the total to the last digit for every teacher under random regulations', async () => {
  let snapshotId: number | undefined
  let [sums, blocked] = [0, 0]
  const kinds = new Set<string>()
  for (const document of documents) {
    const { outcome, results } = await rateExample(database, document, {
      weighting,
      ...(snapshotId ? { snapshotId } : {}),
    })
    snapshotId = outcome.snapshotId
    for (const [code, { total, lines }] of results) {
      for (const { kind } of lines) kinds.add(kind)
      if (total === null) blocked++
      else {
        sums++
        expect(
          lines.reduce((sum, { amount }) => sum + units(amount), 0n),
          code,
        ).toBe(units(total))
      }
    }
  }
  expect(sums).toBeGreaterThan(1000)
  expect(blocked).toBe(0)
  expect([...kinds].sort()).toEqual(
    [
      'points',
      'cap',
      'floor',
      'share',
      'extrapolation',
      'roll-up',
      'normalise',
      'weight',
      'aggregate',
      'norm',
      'requirement',
    ].sort(),
  )
})
