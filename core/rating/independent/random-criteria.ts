import fc from 'fast-check'
import { condition } from './random-conditions.ts'
import { rule, ruleOfOneFigure } from './random-rules.ts'
import type { Criterion } from './random-rules.ts'
import { maybe, oneOf, orNull, title } from './random-values.ts'
import type { Numbers } from './random-values.ts'

const minimum = maybe(
  fc.record({ of: fc.constantFrom('n', 'quantity'), perParticipant: fc.constantFrom('1', '2.5') }),
)
const split = fc.oneof(
  fc.record({ kind: fc.constant('equal' as const), minimum }),
  fc.record({ kind: fc.constant('share' as const), minimum }),
  fc.record({
    kind: fc.constant('by-count' as const),
    parts: oneOf<Numbers>({ '1': '1', '2': '0.7' }, { '2': '0.55', '4': '0.3' }),
    beyond: fc.constantFrom('equal', '0.1'),
    minimum,
  }),
  fc.record({
    kind: fc.constant('by-role' as const),
    leading: fc.subarray(['lead', 'second'], { minLength: 1 }),
    leadingPart: fc.constantFrom('0.7', '1'),
    othersPart: fc.constantFrom('0.3', '0.45'),
    othersDivide: fc.boolean(),
    minimum,
  }),
  fc.record({
    kind: fc.constant('by-order' as const),
    parts: oneOf<string[]>(['0.4', '0.4', '0.2'], ['1']),
    beyond: fc.constantFrom('0', '0.05'),
    minimum,
  }),
  fc.record({
    kind: fc.constant('formula' as const),
    formula: fc.constantFrom(
      'max(0.1, affiliated / participants)',
      'sqrt(1 / participants)',
      'min(1, 1.8 / participants)',
    ),
    minimum,
  }),
)
const keep = (id: string) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(title),
    most: fc.integer({ min: 1, max: 3 }),
    per: oneOf<string[]>([], ['book'], ['type', 'level'], ['n']),
    prefer: fc.constantFrom('points' as const, 'latest' as const, 'earliest' as const),
  })
const window = fc.record({
  start: orNull(fc.constantFrom('06-01', '01-01', '09-01')),
  years: fc.integer({ min: 1, max: 4 }),
  average: fc.boolean(),
})

export const criterion = (id: string, area: string, staff: boolean): fc.Arbitrary<Criterion> =>
  fc
    .record({
      indicator: fc.constantFrom('example.thing', 'example.thing', 'example.other', 'example.count'),
      whose: staff
        ? fc.constantFrom('own' as const, 'own' as const, 'staff' as const)
        : fc.constant('own' as const),
      window: orNull(window),
      where: fc.array(condition, { maxLength: 2 }),
      together: orNull(
        fc.constantFrom(
          'sum' as const,
          'maximum' as const,
          'minimum' as const,
          'mean' as const,
          'latest' as const,
        ),
        4,
      ),
      rule,
      figure: ruleOfOneFigure,
      factors: fc.subarray(['F1', 'F2', 'F3']),
      split: orNull(split, 2),
      capPerFact: orNull(fc.constantFrom('8', '30.5'), 3),
      keep: fc.oneof(
        oneOf<never[]>([]),
        fc.tuple(keep(`${id}-k`)),
        fc.tuple(keep(`${id}-k`), keep(`${id}-l`)),
      ),
      cap: orNull(fc.constantFrom('25', '60.75'), 3),
      floor: orNull(fc.constantFrom('0', '2.5'), 3),
    })
    .map(({ rule: ofFact, figure, factors, split: divided, capPerFact, ...rest }) => ({
      ...rest,
      area,
      ...(rest.together
        ? { points: figure }
        : {
            points: ofFact,
            factors,
            split: rest.indicator === 'example.count' ? null : divided,
            capPerFact,
          }),
    }))
