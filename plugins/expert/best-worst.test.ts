import { testWeighting } from '@ustaz/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestWorst } from './best-worst.ts'
import { linearBestWorst } from './best-worst/linear-model.ts'
import { rounded } from './test-judgements.ts'

const areas = ['quality', 'price', 'comfort', 'safety', 'style']
const params = {
  best: 'price',
  worst: 'style',
  bestToOthers: { quality: 2, comfort: 4, safety: 3, style: 8 },
  othersToWorst: { quality: 4, comfort: 2, safety: 3 },
}
const weigh = (given: Record<string, unknown>) =>
  bestWorst.weigh({ areas, params: bestWorst.params.parse(given), scores: null })
const weightsOf = (given: Record<string, unknown>) => Object.values(weigh(given).weights).map(Number)

testWeighting(bestWorst, { areas, scores: [[1, 2, 3, 4, 5]], params })

test('the car of Rezaei (2015) weighs as the linear model of Rezaei (2016) does in the tests of the R package BWM', () => {
  const { how } = weigh(params)
  expect(rounded(weightsOf(params), 8)).toEqual([0.2295082, 0.44808743, 0.1147541, 0.15300546, 0.05464481])
  // The package prints xi / 4.47 = 0.002444958
  expect(Number(how.xi) / 4.47).toBeCloseTo(0.002444958, 8)
})

test('consistent comparisons of the same package give exact weights and xi 0', () => {
  const consistent = {
    ...params,
    bestToOthers: { ...params.bestToOthers, safety: 2 },
    othersToWorst: { ...params.othersToWorst, safety: 4 },
  }
  expect(rounded(weightsOf(consistent), 8)).toEqual([
    0.21052632, 0.42105263, 0.10526316, 0.21052632, 0.05263158,
  ])
  const { how } = weigh(consistent)
  expect(how.xi).toBeCloseTo(0, 12)
  expect(how).toMatchObject({ inputConsistencyRatio: 0, leastConsistentArea: null })
})

test('the input-based ratio names the area: safety, |3 x 3 - 8| / (64 - 8) = 1/56', () => {
  expect(weigh(params).how).toMatchObject({ inputConsistencyRatio: 1 / 56, leastConsistentArea: 'safety' })
})

test('three areas worked by hand: 8, 2 and 5 give .6071 .3214 .0714 and xi 1/28', () => {
  // w = (17, 9, 2) / 28: |17 - 8 x 2| = |17 - 2 x 9| = |9 - 5 x 2| = 1
  const { weights, xi } = linearBestWorst({
    best: 0,
    worst: 2,
    bestToOthers: [1, 2, 8],
    othersToWorst: [8, 5, 1],
  })
  expect(rounded(weights, 12)).toEqual(rounded([17 / 28, 9 / 28, 2 / 28], 12))
  expect(xi).toBeCloseTo(1 / 28, 12)
})

test('comparisons that do not fit the areas are refused and named', () => {
  const { style: _, ...short } = params.bestToOthers
  const refused = (given: Record<string, unknown>) => () => weigh({ ...params, ...given })
  const withAreas = (...ids: string[]): unknown =>
    expect.objectContaining({ code: 'expert.areas-differ', params: { areas: ids } })
  expect(refused({ bestToOthers: short })).toThrow(withAreas('style'))
  expect(refused({ othersToWorst: { ...params.othersToWorst, price: 8 } })).toThrow(withAreas('price'))
  expect(refused({ worst: 'price' })).toThrow(expect.objectContaining({ code: 'expert.best-is-worst' }))
})

test('any comparisons give weights of 0 or more that sum to 1, and no random weights have a smaller xi', () => {
  const times = fc.integer({ min: 1, max: 9 })
  const pair = fc.tuple(times, times)
  const share = fc.double({ min: 0.001, max: 1, noNaN: true })
  const others = fc.array(fc.tuple(pair, share), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(times, share, share, others, (direct, shareBest, shareWorst, rest) => {
      const bestToOthers = [1, direct, ...rest.map(([[a]]) => a)]
      const othersToWorst = [direct, 1, ...rest.map(([[, b]]) => b)]
      const { weights, xi } = linearBestWorst({ best: 0, worst: 1, bestToOthers, othersToWorst })
      expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 9)
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
      const shares = [shareBest, shareWorst, ...rest.map(([, own]) => own)]
      const total = shares.reduce((a, b) => a + b)
      const [best, worst] = [shareBest / total, shareWorst / total]
      const misses = shares.flatMap((own, j) => [
        j === 0 ? 0 : Math.abs(best - (bestToOthers[j]! * own) / total),
        j < 2 ? 0 : Math.abs(own / total - othersToWorst[j]! * worst),
      ])
      expect(xi).toBeLessThanOrEqual(Math.max(...misses) + 1e-9)
    }),
  )
})
