import fc from 'fast-check'
import type { ExampleRules } from '../example-rules.ts'
import { formula } from './random-formulas.ts'
import { decimals, orBlock, orNull, whenUnknown } from './random-values.ts'

export type Criterion = Exclude<ExampleRules['criteria'][string], string>
type Rule = NonNullable<Criterion['points']>

const readNumbers = ['n', 'm', 'quantity', 'participants', 'age', 'teacher.rate', 'teacher.serviceYears']
export const tiers = (of: fc.Arbitrary<string>): fc.Arbitrary<Rule> =>
  fc
    .record({
      of,
      ends: fc.uniqueArray(fc.integer({ min: -2, max: 40 }), { minLength: 1, maxLength: 3 }),
      points: fc.array(decimals(-5, 30), { minLength: 4, maxLength: 4 }),
      fromInclusive: fc.boolean(),
      toInclusive: fc.boolean(),
      open: fc.boolean(),
      otherwise: orBlock('0', '0', '3'),
      whenUnknown,
    })
    .map(({ of, ends, points, open, fromInclusive, toInclusive, otherwise, whenUnknown: unknown }) => {
      const sorted = ends.sort((a, b) => a - b).map(String)
      const bounds = open ? [null, ...sorted, null] : [...sorted, String(Number(sorted.at(-1)) + 5)]
      return {
        kind: 'tiers',
        of,
        tiers: bounds.slice(1).map((to, index) => ({
          ...{ from: bounds[index]!, to, fromInclusive, toInclusive },
          points: points[index % points.length]!,
        })),
        otherwise,
        whenUnknown: unknown,
      }
    })
const perValue = (of: fc.Arbitrary<string>): fc.Arbitrary<Rule> =>
  fc.record({
    kind: fc.constant('per-value' as const),
    of,
    points: decimals(-3, 9),
    per: fc.constantFrom('1', '1', '3', '7', '2.5'),
    wholeBlocks: fc.boolean(),
    above: fc.constantFrom('0', '0', '2', '10.5'),
    plus: fc.constantFrom('0', '0', '-4', '1.25'),
    least: orNull(fc.constantFrom('0', '-2.5')),
    most: orNull(fc.constantFrom('40', '12.5')),
    whenUnknown,
  })
const perUnit: fc.Arbitrary<Rule> = fc.record({
  kind: fc.constant('per-unit' as const),
  points: decimals(-4, 20),
})
export const tableByType = fc.record({
  kind: fc.constant('table' as const),
  by: fc.constantFrom('type', 'level', 'flag'),
  points: fc.record({
    a: decimals(0, 20),
    b: decimals(-9, 20),
    x: decimals(0, 20),
    y: decimals(0, 20),
    true: decimals(0, 9),
  }),
  otherwise: orBlock('0', '2', '4.5'),
  whenUnknown,
})
export const tableOfTwo = fc.record({
  kind: fc.constant('table' as const),
  by: fc.constant('type'),
  column: fc.constant('level'),
  points: fc.record({
    a: fc.record({ x: decimals(0, 20), y: decimals(0, 20) }),
    b: fc.record({ x: decimals(0, 20), z: decimals(-5, 20) }),
  }),
  otherwise: orBlock('0', '1', '2.5'),
  whenUnknown,
})
export const rule: fc.Arbitrary<Rule> = fc.oneof(
  perUnit,
  perUnit,
  perValue(fc.constantFrom(...readNumbers)),
  perValue(fc.constantFrom('n', 'quantity')),
  tableByType,
  tableOfTwo,
  tiers(fc.constantFrom(...readNumbers)),
  fc.record({ kind: fc.constant('formula' as const), formula, whenUnknown }),
  fc.record({
    kind: fc.constant('expert' as const),
    from: fc.constant('0'),
    to: fc.constantFrom('30', '30', '25'),
    whenUnknown: fc.constantFrom('0', 'block'),
  }),
  fc.record({
    kind: fc.constant('function' as const),
    use: fc.constant('example.bonus'),
    params: fc.record({ per: fc.constantFrom('2', '0.5') }),
    whenUnknown,
  }),
)
export const ruleOfOneFigure: fc.Arbitrary<Rule> = fc.oneof(
  perUnit,
  perValue(fc.constantFrom('n', 'quantity')),
  tiers(fc.constantFrom('n', 'quantity')),
  fc.record({
    kind: fc.constant('formula' as const),
    formula: fc.constantFrom('n * n / 7', 'max(0, n - 3) * teacher.rate', 'sqrt(quantity) + 1'),
    whenUnknown,
  }),
)
