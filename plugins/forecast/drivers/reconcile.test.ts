import { expect, test } from 'vitest'
import { reconcile } from './reconcile.ts'

const part = (last: number, expected: number, deviation: number) => ({
  last,
  expected: [expected],
  deviation: [deviation],
})

test('the gap goes to the parts by the variance of their forecasts', () => {
  // 2 up and 1 down is 1 up, the whole goes 6 up: of the gap of 5 a tenth of the variance takes 0.5, nine tenths 4.5.
  const found = reconcile([part(10, 12, 1), part(20, 19, 3)], [6])
  expect(found).toEqual([[2.5], [3.5]])
})

test('parts that are sure keep their change, unless all are', () => {
  expect(reconcile([part(5, 5, 0), part(10, 11, 2)], [4])).toEqual([[0], [4]])
  expect(reconcile([part(5, 6, 0), part(10, 10, 0)], [3])).toEqual([[2], [1]])
})

test('every step is made to add up by itself', () => {
  const parts = [
    { last: 1, expected: [2, 5], deviation: [1, 1] },
    { last: 1, expected: [1, 1], deviation: [1, 3] },
  ]
  const found = reconcile(parts, [3, -6])
  expect(found).toEqual([
    [2, 3],
    [1, -9],
  ])
})
