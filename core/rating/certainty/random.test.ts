import { expect, test } from 'vitest'
import { gamma, normalQuantile, openRandom, shuffled, xoshiro128 } from './random.ts'

test('xoshiro128** gives the numbers of its authors for the state 1 2 3 4', () => {
  // The first is worked by hand: 2 x 5, rotated by 7 places, x 9.
  const next = xoshiro128([1, 2, 3, 4])
  expect(Array.from({ length: 6 }, next)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492])
})

test('the same seeds give the same numbers, other seeds others', () => {
  const first = (...seeds: number[]) => {
    const random = openRandom(...seeds)
    return [random.uniform(), random.uniform()]
  }
  expect(first(1, 2)).toEqual(first(1, 2))
  const starts = [[1, 2], [2, 1], [1], [1, 2, 0], [0], [0, 0]].map((seeds) => first(...seeds)[0]) // prettier-ignore
  expect(new Set(starts).size).toBe(starts.length)
})

test('quantiles of the normal distribution are those of its tables', () => {
  const table = { 0.5: 0, 0.95: 1.6448536269514722, 0.975: 1.959963984540054, 0.999: 3.090232306167813 }
  for (const [p, z] of Object.entries(table)) {
    expect(normalQuantile(Number(p))).toBeCloseTo(z, 8)
    expect(normalQuantile(1 - Number(p))).toBeCloseTo(-z, 8)
  }
})

test.each([0.4, 1, 7])('gamma variates of shape %d have its mean and variance', (shape) => {
  const random = openRandom(5, shape * 10)
  const values = Array.from({ length: 40_000 }, () => gamma(random, shape))
  const mean = values.reduce((a, b) => a + b) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(mean / shape).toBeCloseTo(1, 1)
  expect(variance / shape).toBeCloseTo(1, 1)
})

test('a shuffle holds every number once', () => {
  const order = shuffled(openRandom(3), 100)
  expect(order.toSorted()).toEqual(Int32Array.from({ length: 100 }, (_, index) => index))
  expect(order).not.toEqual(order.toSorted())
})
