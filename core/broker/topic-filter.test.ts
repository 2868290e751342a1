import { expect, test } from 'vitest'
import { isCovered } from './topic-filter.ts'

test.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/+', true],
  ['a/b/c', 'a/+', false],
  ['a/b/c', 'a/#', true],
  ['a', 'a/#', true],
  ['a', '#', true],
  ['$SYS/x', '#', false],
  ['$SYS/x', '+/x', false],
  ['a/+', 'a/+', true],
  ['a/#', 'a/+', false],
  ['a/+/c', 'a/b/c', false],
  ['#', 'a/#', false],
  ['a/#', '#', true],
])('%s under %s: %s', (topic, filter, covered) => {
  expect(isCovered(topic, filter)).toBe(covered)
})
