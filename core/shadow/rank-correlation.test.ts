import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { kendallTauB, midRanks, spearman } from './rank-correlation.ts'

describe('published numbers', () => {
  // Hollander and Wolfe (1973), Nonparametric Statistical Methods, p. 187: canned tuna, as in R's help of cor.test: T = 26 of 36 pairs.
  const lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
  const panel = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
  it('Hollander and Wolfe: tau 0.4444', () => {
    expect(kendallTauB(lightness, panel)).toBeCloseTo(16 / 36, 12)
    expect(spearman(lightness, panel)).toBeCloseTo(0.6, 12)
  })
  // SciPy's documentation of scipy.stats.kendalltau and scipy.stats.spearmanr, both with ties.
  it('SciPy: tau-b -0.47140 and rho 0.82078', () => {
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 12)
    expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12)
  })
})

test('equal values share the mean of their ranks', () => {
  expect(midRanks([30, 10, 20, 20])).toEqual([4, 1, 2.5, 2.5])
})

test('where a side knows no order there is no correlation', () => {
  for (const of of [spearman, kendallTauB]) {
    expect(of([], [])).toBeNull()
    expect(of([1], [2])).toBeNull()
    expect(of([1, 1, 1], [1, 2, 3])).toBeNull()
  }
})

test('the sorted count is that of looking at every pair', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 40,
  })
  fc.assert(
    fc.property(pairs, (list) => {
      const [x, y] = [list.map(([a]) => a), list.map(([, b]) => b)]
      let [sum, orderedX, orderedY] = [0, 0, 0]
      for (let i = 0; i < list.length; i++) {
        for (let j = 0; j < i; j++) {
          const [a, b] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)]
          sum += a * b
          orderedX += a * a
          orderedY += b * b
        }
      }
      const tau = kendallTauB(x, y)
      if (orderedX * orderedY === 0) expect(tau).toBeNull()
      else expect(tau).toBeCloseTo(sum / Math.sqrt(orderedX * orderedY), 10)
    }),
  )
})
