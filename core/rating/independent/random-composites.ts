import fc from 'fast-check'
import { oneOf, orNull } from './random-values.ts'
import type { Numbers } from './random-values.ts'

export const scale = fc
  .record({
    method: fc.constantFrom(
      ...([
        'none',
        'min-max',
        'z',
        'robust-z',
        'rank',
        'goalposts',
        'share-of-maximum',
        'median-ratio',
      ] as const),
    ),
    within: fc.constantFrom('league' as const, 'all' as const),
    winsorise: orNull(fc.constantFrom({ lower: '5', upper: '90' }), 3),
    log: orNull(fc.constantFrom('log1p' as const, 'ln' as const), 4),
    factor: fc.constantFrom('1', '100'),
    shift: fc.constantFrom('0', '0', '10'),
  })
  .map(({ method, ...rest }) =>
    method === 'goalposts'
      ? { method, low: '1', high: '80', clamp: rest.factor === '100', ...rest }
      : { method, ...rest },
  )
const unknownInMean = fc.constantFrom('block' as const, 'leave-out' as const)
const whenZero = fc.constantFrom('block' as const, 'zero' as const)
export const aggregation = fc.oneof(
  { arbitrary: fc.constant({ method: 'sum' as const }), weight: 14 },
  {
    arbitrary: fc.record({
      method: fc.constantFrom('arithmetic' as const, 'minimum' as const),
      whenUnknown: unknownInMean,
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      method: fc.constantFrom('geometric' as const, 'harmonic' as const),
      whenUnknown: unknownInMean,
      whenZero,
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      method: fc.constant('power' as const),
      p: fc.constantFrom('2', '0.5', '-1', '1'),
      whenUnknown: unknownInMean,
      whenZero,
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      method: fc.constant('at-least' as const),
      areas: fc.integer({ min: 1, max: 2 }),
      value: oneOf<string | Numbers>('10', { A: '5', C: '2' }),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ method: fc.constantFrom('borda' as const, 'copeland' as const) }), weight: 1 },
  {
    arbitrary: fc.record({
      method: fc.constant('lexicographic' as const),
      order: fc.shuffledSubarray(['A', 'B', 'C'], { minLength: 2 }),
    }),
    weight: 1,
  },
)
