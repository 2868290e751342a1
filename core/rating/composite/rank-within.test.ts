import { expect, test } from 'vitest'
import { openRandom } from '../certainty/random.ts'
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

test('totals of any size are put in order, near ones and those too far apart for the fast way', () => {
  const random = openRandom(1)
  const spans = { near: 1e-7, usual: 5000, far: 8_000_000 }
  for (const [name, span] of Object.entries(spans)) {
    const totals = Float64Array.from({ length: 3000 }, () => span * (random.uniform() - 0.5))
    totals[7] = Number.NaN
    const places = rankWithin(totals, new Int32Array(3000))
    for (const row of [0, 1, 2, 7, 500, 2999]) {
      const better = totals.filter((total) => placeKey(total) > placeKey(totals[row]!)).length
      expect(places[row], name).toBe(row === 7 ? 0 : better + 1)
    }
  }
})
