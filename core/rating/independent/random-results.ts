import fc from 'fast-check'
import type { ExampleRules } from '../example-rules.ts'
import { ofTeacher } from './random-conditions.ts'
import { oneOf, orNull, title } from './random-values.ts'
import type { Numbers } from './random-values.ts'

type Requirement = NonNullable<ExampleRules['requirements']>[number]

const norm = fc.record({
  id: fc.constant('N'),
  title: fc.constant(title),
  exceptions: fc.array(fc.record({ where: fc.tuple(ofTeacher), points: fc.constantFrom('5', '18.5') }), {
    maxLength: 2,
  }),
  byPosition: oneOf<Numbers>(
    { professor: '30', lecturer: '12.5' },
    { professor: '30', 'senior-lecturer': '25', lecturer: '12.5' },
    {},
  ),
  points: fc.oneof(fc.constantFrom('7', '9.5', '4'), fc.constantFrom('5', null)),
  position: fc.constantFrom('last' as const, 'by-days' as const),
  prorate: fc.subarray(['rate' as const, 'employment' as const, 'leave' as const]),
})
export const norms = fc.oneof(
  { arbitrary: oneOf<never[]>([]), weight: 3 },
  {
    arbitrary: fc
      .tuple(norm, fc.constantFrom('subtract' as const, 'ratio' as const))
      .map(([one, mode]) => [{ ...one, mode }]),
    weight: 2,
  },
)
export const eligibility = fc
  .oneof(
    fc.record({ kind: fc.constant('rate' as const), atLeast: fc.constantFrom('0.5', '0.75') }),
    fc.record({ kind: fc.constant('service-years' as const), atLeast: fc.constantFrom('1', '2.5') }),
    fc.record({ kind: fc.constant('days-present' as const), atLeast: fc.constantFrom('100', '250') }),
    fc.record({
      kind: fc.constant('teacher' as const),
      where: fc.tuple(ofTeacher),
      whenUnknown: fc.constantFrom('block' as const, 'exclude' as const, 'include' as const),
    }),
    fc.record({
      kind: fc.constant('fact' as const),
      indicator: fc.constant('example.other'),
      value: fc.constant('n'),
      atLeast: fc.constantFrom('5', '25'),
      whenUnknown: fc.constantFrom('block' as const, 'exclude' as const, 'include' as const),
    }),
  )
  .map((one) => ({ id: 'E', title, ...one }))
const check = fc.record({
  of: oneOf<string[]>([], ['A'], ['g1'], ['g4', 'C'], ['c1', 'c4'], ['B']),
  measure: fc.constantFrom('points' as const, 'points' as const, 'facts' as const),
  atLeast: fc.constantFrom('1', '4', '20'),
  byPosition: oneOf<Numbers>({}, {}, { professor: '10.5' }),
})
const requirement = (id: string) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(title),
    where: fc.array(ofTeacher, { maxLength: 1 }),
    checks: fc.array(check, { minLength: 1, maxLength: 3 }),
    needed: orNull(fc.constant(1)),
    compensation: orNull(fc.constantFrom('1', '0.5')),
    effect: fc.oneof(
      fc.constant({ kind: 'exclude' as const }),
      fc.constant({ kind: 'no-money' as const }),
      fc.record({ kind: fc.constant('place' as const), notAbove: fc.integer({ min: 2, max: 40 }) }),
      fc.record({ kind: fc.constant('band' as const), notAbove: fc.constantFrom('b1', 'b2') }),
      fc.constant({ kind: 'zero' as const }),
    ),
  })
export const requirements = fc.oneof<fc.Arbitrary<Requirement[]>[]>(
  oneOf<never[]>([]),
  fc.tuple(requirement('R1')),
  fc.tuple(requirement('R1'), requirement('R2')),
)
export const money = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('base' as const),
    base: fc.constant('12345.5'),
    rates: oneOf<Numbers>(
      { professor: '100', lecturer: '70' },
      { professor: '90', 'senior-lecturer': '80', lecturer: '65' },
    ),
    per: fc.constantFrom('100', '30'),
    cap: orNull(fc.constant('9000.005')),
    digits: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('fund' as const),
    amount: fc.constant('1000000.55'),
    digits: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('bands' as const),
    byBand: oneOf<Numbers>({ b1: '100.555', b3: '300' }),
    digits: fc.constant(2),
  }),
)
export const leagues = fc.oneof<fc.Arbitrary<NonNullable<ExampleRules['leagues']>>[]>(
  oneOf([{ id: 'all', title }]),
  oneOf([
    { id: 'L1', title, positions: ['professor'] },
    { id: 'L2', title, positions: ['senior-lecturer', 'lecturer'] },
  ]),
  fc.tuple(ofTeacher).map((where) => [
    { id: 'L1', title, where },
    { id: 'L2', title, positions: ['lecturer', 'professor'] },
  ]),
)
export const bands = fc.constantFrom(
  {
    bandsBy: 'total' as const,
    bands: [
      ['b1', null, '10'],
      ['b2', '10', '60'],
      ['b3', '60', null],
    ],
  },
  {
    bandsBy: 'league-percent' as const,
    bands: [
      ['b1', null, '10'],
      ['b2', '10', '50'],
      ['b3', '50', null],
    ],
  },
)
