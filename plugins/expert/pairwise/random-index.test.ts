import { expect, test } from 'vitest'
import { assess } from './assess.ts'
import type { RandomIndex } from './consistency.ts'
import { maxAreas, randomIndexSets, randomIndices } from './consistency.ts'
import { saatyScale } from './mend.ts'

/** Pseudo-random numbers 0..1 (1 excluded), the same for every run (mulberry32). */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Mean consistency index of random matrices on Saaty's scale, with its standard error. */
function simulate(n: number, matrices: number, draw: () => number) {
  const found = Array.from({ length: matrices }, () => {
    const matrix = Array.from({ length: n }, () => Array<number>(n).fill(1))
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        matrix[i]![j] = saatyScale[Math.floor(draw() * saatyScale.length)]!
        matrix[j]![i] = 1 / matrix[i]![j]!
      }
    return assess(matrix).consistencyIndex
  })
  const mean = found.reduce((a, b) => a + b) / matrices
  const variance = found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (matrices - 1)
  return { mean, error: Math.sqrt(variance / matrices) }
}

const sizes = Array.from({ length: maxAreas - 2 }, (_, index) => index + 3)
const measured = new Map(sizes.map((n) => [n, simulate(n, n < 6 ? 20_000 : 1500, draws(n))]))

test.each(sizes)('random judgements of %i areas have the mean index of Alonso & Lamata (2006)', (n) => {
  const { mean, error } = measured.get(n)!
  expect(Math.abs(mean - randomIndices['alonso-lamata-2006'][n - 1]!)).toBeLessThan(4 * error)
})

/** How far each set lies from the larger sample: Saaty's first one rests on 500 matrices and dips at 12. */
const distances: Record<RandomIndex, number> = {
  'saaty-1980': 0.06,
  'saaty-later': 0.01,
  'alonso-lamata-2006': 0,
}
test.each(randomIndexSets)('%s has an index for 1 to 15 areas, near to the others', (set) => {
  const [one, two, ...rest] = randomIndices[set]
  expect([one, two, rest.length]).toEqual([0, 0, 13])
  for (const [index, value] of rest.entries()) {
    const reference = randomIndices['alonso-lamata-2006'][index + 2]!
    expect(Math.abs(value - reference), `${index + 3}`).toBeLessThanOrEqual(distances[set] + 1e-12)
  }
})
