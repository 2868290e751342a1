import fc from 'fast-check'
import { exampleRules } from '../example-rules.ts'
import { aggregation, scale } from './random-composites.ts'
import type { Condition } from './random-conditions.ts'
import { criterion } from './random-criteria.ts'
import { bands, eligibility, leagues, money, norms, requirements } from './random-results.ts'
import { tableByType, tableOfTwo, tiers } from './random-rules.ts'
import { oneOf, orNull, share, title } from './random-values.ts'

const area = fc.record({
  cap: orNull(fc.constantFrom('40', '150.5'), 2),
  floor: orNull(fc.constantFrom('0', '7.25'), 2),
  shareOfTotal: orNull(share, 3),
  whenEmpty: fc.oneof(
    { arbitrary: fc.constant('zero' as const), weight: 19 },
    { arbitrary: fc.constant('block' as const), weight: 1 },
  ),
})
const group = (id: string, criteria: string[], hasShare: boolean) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(title),
    criteria: fc.constant(criteria),
    cap: orNull(fc.constantFrom('25', '60')),
    floor: orNull(fc.constantFrom('5')),
    shareOfTotal: hasShare ? orNull(share) : fc.constant(null),
  })
const groups = fc.oneof(
  oneOf<never[]>([]),
  fc.tuple(group('g1', ['c1', 'c2'], true), group('g4', ['c4', 'c5'], true)),
  fc.tuple(
    group('g1', ['c1', 'c2'], false),
    group('g2', ['c1', 'c2', 'c3'], true),
    group('g6', ['c6'], true),
  ),
  fc.tuple(group('g4', ['c4'], true), group('g5', ['c5'], true)),
)
const rollUp = (id: string) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(title),
    area: fc.constantFrom('A', 'B', 'C'),
    from: fc.subarray(['A', 'B', 'C'], { minLength: 1 }),
    statistic: fc.constantFrom('sum' as const, 'per-fte' as const, 'mean' as const, 'median' as const),
    weight: fc.constantFrom('0.1', '0.333', '2'),
    leaders: fc.constantFrom('department' as const, 'faculty' as const, 'any' as const),
    withLeader: fc.boolean(),
  })
const parts = fc.record({
  areas: fc.record({ A: area, B: area, C: area }),
  staff: fc.constantFrom(true, false, false),
  coefficients: fc.tuple(
    fc.oneof(tableByType, tableOfTwo),
    tiers(fc.constantFrom('n', 'age', 'participants')),
    fc.record({
      kind: fc.constant('formula' as const),
      formula: fc.constantFrom('max(0, 1 - age * 0.25)', '1 / participants', 'teacher.rate'),
      whenUnknown: fc.constant('1'),
    }),
  ),
  groups,
  once: fc.oneof(
    oneOf<never[]>([]),
    fc
      .record({
        criteria: fc.shuffledSubarray(['c1', 'c2', 'c4', 'c6'], { minLength: 2 }),
        prefer: fc.constantFrom('order' as const, 'points' as const),
      })
      .map((one) => [{ id: 'O', title, ...one }]),
  ),
  exclusions: fc.array(
    fc.record({
      indicator: fc.constantFrom('example.thing', null),
      where: oneOf<Condition[]>(
        [{ value: 'type', is: ['c'] }],
        [{ value: 'n', above: '55' }],
        [{ formula: 'n > 50 and flag' }],
      ),
    }),
    { maxLength: 1 },
  ),
  extrapolation: orNull(
    fc.record({
      id: fc.constant('X'),
      title: fc.constant(title),
      absence: fc.subarray(['leave' as const, 'employment' as const], { minLength: 1 }),
      areas: orNull(fc.subarray(['A', 'B', 'C'], { minLength: 1 })),
      atLeastDays: fc.constantFrom(1, 120),
      whenFewer: fc.constantFrom('exclude' as const, 'as-is' as const),
    }),
    2,
  ),
  rollUps: fc.oneof(oneOf<never[]>([]), fc.tuple(rollUp('U1')), fc.tuple(rollUp('U1'), rollUp('U2'))),
  norms,
  eligibility: fc.array(eligibility, { maxLength: 1 }),
  requirements,
  leagues,
  total: fc.record({ cap: orNull(fc.constant('90'), 3), floor: orNull(fc.constant('0'), 3) }),
  ranking: fc.record({
    ties: fc.constantFrom('shared' as const, 'dense' as const),
    tieBreakers: fc.shuffledSubarray(['A', 'B']),
    tiedWithin: orNull(fc.constantFrom('0.5', '3'), 3),
  }),
  bands,
  units: orNull(fc.constantFrom('sum' as const, 'per-fte' as const, 'mean' as const, 'median' as const)),
  normalisation: fc.oneof(
    { arbitrary: fc.constant({}), weight: 3 },
    {
      arbitrary: fc
        .dictionary(fc.constantFrom('A', 'B', 'C'), scale, { minKeys: 1, maxKeys: 3 })
        .map((byArea) => ({ byArea })),
      weight: 2,
    },
  ),
  weights: fc.constantFrom('points', 'constant', 'by-position', 'one-left-out'),
  aggregation,
  money,
  rated: fc.constantFrom(
    'all' as const,
    'all' as const,
    'all' as const,
    'all' as const,
    'department-leaders' as const,
  ),
})

const areaOf = { c1: 'A', c2: 'A', c3: 'A', c4: 'B', c5: 'B', c6: 'C', c7: 'C' }

/** Random regulations over the whole vocabulary, for facts as random-university.ts makes them. */
export const randomDocument = parts
  .chain((document) =>
    fc
      .record(
        Object.fromEntries(
          Object.entries(areaOf).map(([id, where]) => [id, criterion(id, where, document.staff)]),
        ),
      )
      .map((criteria) => ({ ...document, criteria })),
  )
  .map(({ staff: _, weights, bands: byBands, coefficients, exclusions, rated, ...document }) => {
    const ofLeague = ['borda', 'copeland'].includes(document.aggregation.method)
    return exampleRules({
      ...document,
      rated,
      coefficients: coefficients.map((factor, index) => ({ id: `F${index + 1}`, title, rule: factor })),
      exclusions: exclusions.map((one, index) => ({ id: `Z${index}`, title, ...one })),
      requirements: document.requirements.map((one) => ({
        ...one,
        // Groups that the document does not have are no part of a check.
        checks: one.checks.map((asked) => ({
          ...asked,
          of: (asked.of ?? []).filter(
            (id) => !id.startsWith('g') || document.groups.some((group) => group.id === id),
          ),
        })),
      })),
      bandsBy: byBands.bandsBy,
      bands: byBands.bands.map(([id, from, to]) => ({ id, title, from: from ?? null, to: to ?? null })),
      money: document.money === null ? null : { id: 'M', title, currency: 'KZT', ...document.money },
      weighting: {
        id: 'random',
        params: { mode: ofLeague && weights === 'by-position' ? 'constant' : weights },
      },
    })
  })
