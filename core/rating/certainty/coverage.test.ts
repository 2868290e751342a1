import { beforeAll, expect, test } from 'vitest'
import { shapes, simulate } from './coverage.example.ts'
import type { Shape, Simulated } from './coverage.example.ts'

const names = Object.keys(shapes) as Shape[]
const sizes = [10, 30, 100, 300]
const levels = [0.3, 1, 2]

const cells: (Simulated & { shape: Shape; size: number; noise: number })[] = []
beforeAll(() => {
  for (const shape of names)
    for (const size of sizes)
      for (const noise of levels)
        cells.push({ shape, size, noise, ...simulate({ shape, size, noise }, Math.ceil(240 / size), 1) })
}, 240_000)

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length

test('90 % intervals hold the true rank of at least 88 % of the teachers, in leagues of every shape, size and noise', () => {
  for (const name of names)
    expect(mean(cells.filter(({ shape }) => shape === name).map(({ coverage }) => coverage)), name).toBeGreaterThanOrEqual(0.88) // prettier-ignore
  for (const wanted of sizes)
    expect(mean(cells.filter(({ size }) => size === wanted).map(({ coverage }) => coverage)), String(wanted)).toBeGreaterThanOrEqual(0.88) // prettier-ignore
  for (const level of levels)
    expect(mean(cells.filter(({ noise }) => noise === level).map(({ coverage }) => coverage)), String(level)).toBeGreaterThanOrEqual(0.88) // prettier-ignore
  // A cell of 240 teachers or more is known to about 4 %.
  for (const { shape, size, noise, coverage } of cells)
    expect(coverage, `${shape} ${size} ${noise}`).toBeGreaterThan(0.84)
})

test('intervals are hardly wider than those of an oracle that knows the set of true totals', () => {
  expect(mean(cells.map(({ width, oracle }) => width / oracle.width))).toBeLessThan(1.2)
  for (const { shape, size, noise, width, oracle } of cells)
    expect(width / oracle.width, `${shape} ${size} ${noise}`).toBeLessThan(1.5)
})

test('adding noise to noisy points once more would not do: of nearly tied teachers it holds far fewer', () => {
  const tied = cells.filter(({ shape, size }) => shape === 'nearly tied' && size >= 30)
  expect(mean(tied.map(({ naive }) => naive.coverage))).toBeLessThan(0.75)
})
