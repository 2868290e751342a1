import { expect, test } from 'vitest'
import { bandsOf, isEstablished, openTotalStore, storeTotals } from './bands.ts'
import { normalQuantile } from './random.ts'

/** Totals of each replication; rows are given in the order of their places. */
function bands(replications: readonly (readonly number[])[], places: number[]): number[] {
  const rows = places.length
  const store = openTotalStore(rows, 100, false)
  for (const totals of replications) storeTotals(store, { totals: Float64Array.from(totals), noise: null }, 0)
  return [...bandsOf(store, Int32Array.from(places.keys()), Int32Array.from(places))]
}

test('exact points and fixed choices: every total is a band, shared places share it', () => {
  expect(bands([[9, 8, 8, 7]], [1, 2, 2, 4])).toEqual([1, 2, 2, 3])
})

test('an order that turns round in more than 5 % of the replications is not established', () => {
  const straight = [9, 8]
  const turned = [8, 9]
  const mixed = (turns: number) => Array.from({ length: 100 }, (_, index) => (index < turns ? turned : straight)) // prettier-ignore
  expect(bands(mixed(5), [1, 2])).toEqual([1, 2])
  expect(bands(mixed(6), [1, 2])).toEqual([1, 1])
})

test('a band ends before the first who is below anybody of it, also where the band has another first', () => {
  // The first varies across both others; the second is always above the third.
  expect(bands([[10, 5, 4], [3, 5, 4]], [1, 2, 3])).toEqual([1, 1, 2]) // prettier-ignore
})

test('with noise alone an order is established where a one-sided test at 5 % says so', () => {
  const store = openTotalStore(3, 100, true)
  const noise = Float64Array.of(3, 4, 0)
  const limit = 1.6448536 * 5
  for (let index = 0; index < 100; index++)
    storeTotals(store, { totals: Float64Array.of(100 + limit, 100, 90), noise }, normalQuantile((index + 0.5) / 100)) // prettier-ignore
  // 95.5 of 100 stretches begin below; with a little less than the limit only 94.
  expect(isEstablished(store, 0, 1)).toBe(true)
  expect(isEstablished(store, 1, 0)).toBe(false)
  const close = openTotalStore(3, 100, true)
  for (let index = 0; index < 100; index++)
    storeTotals(close, { totals: Float64Array.of(100 + 0.95 * limit, 100, 90), noise }, normalQuantile((index + 0.5) / 100)) // prettier-ignore
  expect(isEstablished(close, 0, 1)).toBe(false)
  expect(isEstablished(close, 0, 2)).toBe(true)
})
