import fc from 'fast-check'
import { comparisonFormula } from './random-formulas.ts'
import type { Criterion } from './random-rules.ts'
import { decimals, oneOf, positions } from './random-values.ts'
import type { Choices } from './random-values.ts'

export type Condition = NonNullable<Criterion['where']>[number]

const comparison = fc.oneof(
  fc.record({
    value: fc.constantFrom('type', 'level'),
    is: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'x', 'y', 'z'), { minLength: 2 }),
  }),
  fc.record({
    value: fc.constantFrom('type', 'role'),
    isNot: oneOf<Choices>(['a'], ['member'], ['c', 'second']),
  }),
  fc.record({ value: fc.constant('n'), atLeast: decimals(0, 20) }),
  fc.record({ value: fc.constantFrom('n', 'm'), above: decimals(0, 3), atMost: decimals(4, 50) }),
  fc.record({ value: fc.constantFrom('age', 'participants'), below: fc.constantFrom('2', '4') }),
  fc.record({ value: fc.constant('flag'), is: oneOf<Choices>([true]) }),
  fc.record({
    value: fc.constantFrom('teacher.position', 'teacher.degree'),
    is: oneOf<Choices>(['professor', 'phd']),
  }),
  fc.record({ value: fc.constantFrom('n', 'book'), unknown: fc.constant(true as const) }),
)
export const condition: fc.Arbitrary<Condition> = fc.oneof(
  { arbitrary: comparison, weight: 4 },
  { arbitrary: fc.record({ any: fc.array(comparison, { minLength: 2, maxLength: 3 }) }), weight: 2 },
  { arbitrary: comparisonFormula.map((text) => ({ formula: text })), weight: 1 },
)
export const ofTeacher: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ value: fc.constant('teacher.position'), is: fc.subarray(positions, { minLength: 1 }) }),
  fc.record({ value: fc.constant('teacher.degree'), isNot: oneOf<Choices>(['phd']) }),
  fc.record({ value: fc.constant('teacher.serviceYears'), atLeast: fc.constantFrom('2', '10') }),
  fc.record({ value: fc.constant('teacher.faculty'), is: oneOf<Choices>(['faculty']) }),
  fc.record({ value: fc.constant('teacher.leaveDays'), below: fc.constant('30') }),
  fc.constant({ formula: 'teacher.rate * 2 >= 1' }),
)
