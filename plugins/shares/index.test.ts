import { testPlugin, testWeighting } from '@ustaz/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { mean } from './mean.ts'
import { percent } from './percent.ts'
import { points } from './points.ts'

const areas = ['K1', 'K2', 'K3']
const scores = [
  [10, 20, 30],
  [0, 5, 1],
]
const shares = { K1: '50', K2: '33.333333', K3: '16.666667' }

testPlugin(plugin)
testWeighting(points, { areas, scores })
testWeighting(mean, { areas, scores })
testWeighting(percent, { areas, scores, params: { shares } })

const weigh = (given: Record<string, string>) =>
  percent.weigh({ areas, params: { shares: given }, scores: null })

test('points weigh 1, the mean of three areas weighs a third each', () => {
  expect(points.weigh({ areas, params: {}, scores: null }).weights).toEqual({ K1: '1', K2: '1', K3: '1' })
  expect(mean.weigh({ areas, params: {}, scores: null }).weights).toEqual({ K1: 1 / 3, K2: 1 / 3, K3: 1 / 3 })
})

test('shares become exact decimals: 33.333333 % is 0.33333333', () => {
  expect(weigh(shares).weights).toEqual({ K1: '0.50000000', K2: '0.33333333', K3: '0.16666667' })
})

test('shares that total 99.999999 or 100.000001 are refused', () => {
  for (const K3 of ['16.666666', '16.666668']) {
    expect(() => weigh({ ...shares, K3 })).toThrow(expect.objectContaining({ code: 'shares.not-100' }))
  }
})

test('every area has a share, and nothing else has', () => {
  expect(() => weigh({ K1: '50', K2: '50' })).toThrow(expect.objectContaining({ params: { areas: ['K3'] } }))
  expect(() => weigh({ ...shares, K9: '0' })).toThrow(expect.objectContaining({ params: { areas: ['K9'] } }))
})

test('any cut of 100 % into millionths totals exactly 1', () => {
  const cut = fc.tuple(fc.nat(100_000_000), fc.nat(100_000_000))
  fc.assert(
    fc.property(cut, (cuts) => {
      const [low, high] = [Math.min(...cuts), Math.max(...cuts)]
      const [K1, K2, K3] = [low, high - low, 100_000_000 - high].map((part) => (part / 1e6).toFixed(6))
      const weights = Object.values(weigh({ K1: K1!, K2: K2!, K3: K3! }).weights)
      const hundredMillionths = weights.map((weight) => Number(String(weight).replace('.', '')))
      expect(hundredMillionths.reduce((sum, part) => sum + part)).toBe(100_000_000)
    }),
  )
})
