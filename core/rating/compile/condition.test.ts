import { expect, it } from 'vitest'
import type { Condition } from '../../contract/regulation/rule.ts'
import { areDisjoint } from './condition.ts'

it.each<[Condition, Condition, boolean]>([
  [{ value: 'type', is: ['a'] }, { value: 'type', is: ['b', 'c'] }, true],
  [{ value: 'type', is: ['a', 'b'] }, { value: 'type', is: ['b', 'c'] }, false],
  [{ value: 'type', is: ['a'] }, { value: 'kind', is: ['b'] }, false],
  [{ value: 'type', is: ['a'] }, { value: 'type', isNot: ['a', 'b'] }, true],
  [{ value: 'type', is: ['a', 'c'] }, { value: 'type', isNot: ['a', 'b'] }, false],
  [{ value: 'type', isNot: ['a'] }, { value: 'type', isNot: ['b'] }, false],
  [{ value: 'student', is: [true] }, { value: 'student', is: ['true'] }, false],
  [{ value: 'percentile', atLeast: '25' }, { value: 'percentile', unknown: true }, true],
  [{ value: 'percentile', unknown: true }, { value: 'percentile', unknown: true }, false],
  [{ value: 'sheets', atLeast: '5' }, { value: 'sheets', atMost: '4.99' }, true],
  [{ value: 'sheets', atLeast: '5' }, { value: 'sheets', atMost: '5' }, false],
])('knows whether %j and %j can hold for the same fact', (a, b, disjoint) => {
  expect(areDisjoint([a], [b])).toBe(disjoint)
  expect(areDisjoint([b], [a])).toBe(disjoint)
})
