import { testWeighting } from '@ustaz/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestWorst } from './best-worst.ts'
import { comparisonsOf } from './best-worst/comparisons.ts'
import { linearBestWorst } from './best-worst/linear-model.ts'
import { findBestWorstMendings } from './best-worst/mend.ts'
import { inputThreshold, isAcceptable } from './best-worst/thresholds.ts'
import { rounded } from './test-judgements.ts'

const areas = ['quality', 'price', 'comfort', 'safety', 'style']
const car = {
  best: 'price',
  worst: 'style',
  bestToOthers: { quality: 2, comfort: 4, safety: 3, style: 8 },
  othersToWorst: { quality: 4, comfort: 2, safety: 3 },
}
const by = (name: string, given: Record<string, unknown>) => ({ name, ...given })
const weighAll = (experts: unknown[], more: Record<string, unknown> = {}) =>
  bestWorst.weigh({ areas, params: bestWorst.params.parse({ experts, ...more }), scores: null })
const weigh = (given: Record<string, unknown>) => weighAll([by('A', given)])
const weightsOf = (given: Record<string, unknown>) => Object.values(weigh(given).weights).map(Number)
const ownOf = (given: Record<string, unknown>) => (weigh(given).how.experts as Record<string, unknown>[])[0]!

testWeighting(bestWorst, { areas, scores: [[1, 2, 3, 4, 5]], params: { experts: [by('A', car)] } })

test('the car of Rezaei (2015) weighs as the linear model of Rezaei (2016) does in the tests of the R package BWM', () => {
  expect(rounded(weightsOf(car), 8)).toEqual([0.2295082, 0.44808743, 0.1147541, 0.15300546, 0.05464481])
  // The package prints xi / 4.47 = 0.002444958
  expect(Number(ownOf(car).xi) / 4.47).toBeCloseTo(0.002444958, 8)
})

test('consistent comparisons of the same package give exact weights and xi 0', () => {
  const consistent = {
    ...car,
    bestToOthers: { ...car.bestToOthers, safety: 2 },
    othersToWorst: { ...car.othersToWorst, safety: 4 },
  }
  expect(rounded(weightsOf(consistent), 8)).toEqual([
    0.21052632, 0.42105263, 0.10526316, 0.21052632, 0.05263158,
  ])
  const own = ownOf(consistent)
  expect(own.xi).toBeCloseTo(0, 12)
  expect(own).toMatchObject({ ratio: 0, worstArea: null, acceptable: true })
})

test('the input-based ratio names the area: safety, |3 x 3 - 8| / (64 - 8) = 1/56', () => {
  // Liang, Brunelli & Rezaei (2020), table 3: five areas, scale 8
  expect(ownOf(car)).toMatchObject({
    ratio: 1 / 56,
    worstArea: 'safety',
    threshold: 0.2958,
    acceptable: true,
  })
})

test('above the threshold it is refused by name, or weighed with a warning', () => {
  // |9 x 9 - 4| / (16 - 4) = 77 / 12 for comfort
  const odd = by('Odd', {
    ...car,
    bestToOthers: { ...car.bestToOthers, comfort: 9, style: 4 },
    othersToWorst: { ...car.othersToWorst, comfort: 9 },
  })
  const said = { expert: 'Odd', ratio: 6.4167, threshold: 0.1898, area: 'comfort' }
  const refused: unknown = expect.objectContaining({ code: 'expert.best-worst-inconsistent', params: said })
  expect(() => weighAll([by('A', car), odd])).toThrow(refused)
  expect(weighAll([by('A', car), odd], { whenInconsistent: 'warn' }).how.warnings).toEqual([said])
})

test('without a published threshold nothing is refused and nothing is called acceptable', () => {
  expect([inputThreshold(8, 10), inputThreshold(2.5, 5), inputThreshold(2, 12)]).toEqual([null, null, 0])
  expect([isAcceptable(0.5, null), isAcceptable(0, null), isAcceptable(0.1, 0)]).toEqual([null, true, false])
})

test('several experts count by the mean of their weights, whatever they named best and worst', () => {
  const other = {
    best: 'style',
    worst: 'price',
    bestToOthers: { quality: 2, comfort: 4, safety: 3, price: 8 },
    othersToWorst: { quality: 4, comfort: 2, safety: 3 },
  }
  const { weights, how } = weighAll([by('A', car), by('B', other)])
  // Price and style change places, the others weigh the same: (.44808743 + .05464481) / 2
  expect(rounded(Object.values(weights).map(Number), 8)).toEqual([
    0.2295082, 0.25136612, 0.1147541, 0.15300546, 0.25136612,
  ])
  // Ranks (2 1 4 3 5) and (2 5 4 3 1): sums 4 6 8 6 6, S = 8, W = 12 x 8 / (4 x 120)
  expect(how.kendallW).toBeCloseTo(0.2, 12)
})

test('what would mend the area that contradicts most is proposed, best first', () => {
  // safety: 3 x 3 = 9 beside 8; 3 is nearest to 8 / 3 already, so nothing betters the 1/56
  const places = comparisonsOf('A', areas, car)
  expect(findBestWorstMendings(places, 3)).toEqual([])
  // comfort 8 x 2 = 16 beside 8: 4 x 2 or 8 x 1 are whole again, and 1/56 of safety is left
  const odd = comparisonsOf('A', areas, { ...car, bestToOthers: { ...car.bestToOthers, comfort: 8 } })
  expect(findBestWorstMendings(odd, 2)).toEqual([
    { comparison: 'best-to', place: 2, to: 4, ratio: 1 / 56 },
    { comparison: 'to-worst', place: 2, to: 1, ratio: 1 / 56 },
  ])
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
  const { style: _, ...short } = car.bestToOthers
  const refused = (given: Record<string, unknown>) => () => weigh({ ...car, ...given })
  const withAreas = (...ids: string[]): unknown =>
    expect.objectContaining({ code: 'expert.areas-differ', params: { expert: 'A', areas: ids } })
  expect(refused({ bestToOthers: short })).toThrow(withAreas('style'))
  expect(refused({ othersToWorst: { ...car.othersToWorst, price: 8 } })).toThrow(withAreas('price'))
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
