import { expect, test } from 'vitest'
import { Random } from './random.ts'

const draw = (random: Random, times: number) => Array.from({ length: times }, () => random.unit())

test('the same keys draw the same numbers, other keys others', () => {
  expect(draw(new Random('a', 1), 5)).toEqual(draw(new Random('a', 1), 5))
  expect(draw(new Random('a', 1), 5)).not.toEqual(draw(new Random('a', 2), 5))
  expect(draw(new Random('a', 12), 5)).not.toEqual(draw(new Random('a1', 2), 5))
})

test('numbers lie in [0, 1) and are spread evenly', () => {
  const drawn = draw(new Random('spread'), 20_000)
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...drawn)).toBeLessThan(1)
  const tenths = Array.from({ length: 10 }, (_, i) => drawn.filter((x) => Math.floor(x * 10) === i).length)
  // Each tenth is binomial with mean 2,000 and standard deviation 42.
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(5 * 42)
})

test('counts have the mean asked for, and nothing happens 0 times on average', () => {
  const random = new Random('counts')
  const total = Array.from({ length: 10_000 }, () => random.count(0.7)).reduce((sum, count) => sum + count, 0)
  expect(Math.abs(total / 10_000 - 0.7)).toBeLessThan(0.05)
  expect(random.count(0)).toBe(0)
})

test('a weight of 0 is never drawn, whole numbers reach both ends', () => {
  const random = new Random('weights')
  const drawn = new Set(Array.from({ length: 1000 }, () => random.weighted([1, 0, 2])))
  expect(drawn).toEqual(new Set([0, 2]))
  expect(new Set(Array.from({ length: 1000 }, () => random.integer(3, 5)))).toEqual(new Set([3, 4, 5]))
})
