import { expect, test } from 'vitest'
import { histogram, quantile } from './distribution.ts'

test('every value falls into exactly one bar, the greatest into the last', () => {
  expect(histogram([0, 1, 2, 3, 4], 2).map(({ count }) => count)).toEqual([2, 3])
})

test('equal values make one bar, none make none', () => {
  expect(histogram([7, 7], 5)).toEqual([{ from: 7, to: 7, count: 2 }])
  expect(histogram([], 5)).toEqual([])
})

test('a quantile lies between its neighbours in proportion', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
  expect(quantile([10, 20], 0.25)).toBe(12.5)
  expect(quantile([5], 0.75)).toBe(5)
})
