import { expect, test } from 'vitest'
import { placeKey } from './place-key.ts'
import { rankWithin } from './rank-within.ts'

const places = (totals: number[], groups: number[], ties?: 'standard' | 'dense') => [
  ...rankWithin(Float64Array.from(totals), Int32Array.from(groups), ties),
]

test('equal totals share a place; the next place is skipped (1224) or not (1223)', () => {
  expect(places([5, 9, 9, 12], [0, 0, 0, 0])).toEqual([4, 2, 2, 1])
  expect(places([5, 9, 9, 12], [0, 0, 0, 0], 'dense')).toEqual([3, 2, 2, 1])
})

test('each league has places of its own; no total and no league mean no place', () => {
  expect(places([1, 2, 3, Number.NaN, 4], [0, 1, 0, 0, -1])).toEqual([2, 1, 1, 0, 0])
})

test('totals are compared at 9 decimals: three thirds of 100 tie with 100, a billionth more does not', () => {
  const third = 33.333333333333
  expect(places([100, third + third + third, 100.000000001], [0, 0, 0])).toEqual([2, 2, 1])
})

test('equal sums of other summands share a place, also where the tenth decimal is a five', () => {
  expect(0.1 + 0.2).not.toBe(0.3)
  expect(places([0.1 + 0.2, 0.3], [0, 0])).toEqual([1, 1])
  // In exact decimals both are 0.0000000005 and round up.
  const [once, added] = [0.0000000005, 0.0000000002 + 0.0000000003]
  expect([placeKey(once), placeKey(added)]).toEqual([1, 1])
  expect([placeKey(-once), placeKey(-0)]).toEqual([-1, 0])
})

test('nobody in a league, and leagues that follow no order, are no obstacle', () => {
  expect(places([], [])).toEqual([])
  expect(places([1, 2], [3, 1])).toEqual([1, 1])
})
