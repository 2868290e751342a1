import { expect, test } from 'vitest'
import { critic } from './critic.ts'
import { entropy } from './entropy.ts'
import { equal } from './equal.ts'
import published from './fixtures/published.json' with { type: 'json' }
import { merec } from './merec.ts'
import { pca } from './pca.ts'
import { standardDeviation } from './standard-deviation.ts'
import { rounded, weigh } from './test-weigh.ts'

test('entropy weighs as Elsayed, Dawood & Karthikeyan (2017) publish', () => {
  const { weights } = weigh(entropy, published.elsayed2017)
  expect(rounded(weights, 6)).toEqual([0.104991, 0.069124, 0.071373, 0.449937, 0.304575])
})

test('entropy of shares 1:4 is 0.7219 and of 1:8 is 0.5033, worked by hand, so the weights are .3589 and .6411', () => {
  const { weights, how } = weigh(entropy, [
    [1, 2],
    [4, 16],
  ])
  expect(rounded(Object.values(how.entropy as Record<string, number>), 4)).toEqual([0.7219, 0.5033])
  expect(rounded(weights, 6)).toEqual([0.358889, 0.641111])
})

test('the standard deviation weighs as Jahan & Edwards (2013) publish', () => {
  expect(rounded(weigh(standardDeviation, published.jahan2013).weights, 2)).toEqual([0.35, 0.31, 0.34])
})

test('without normalisation ranges of 3 and 14 weigh 3/17 and 14/17', () => {
  const rows = [
    [1, 2],
    [4, 16],
  ]
  const { weights } = weigh(standardDeviation, rows, { normalisation: 'none' })
  expect(rounded(weights, 12)).toEqual(rounded([3 / 17, 14 / 17], 12))
  expect(weigh(standardDeviation, rows).weights).toEqual([0.5, 0.5])
})

test('CRITIC weighs as Diakoulaki, Mavrotas & Papayannakis (1995) publish', () => {
  const { weights } = weigh(critic, published.diakoulaki1995)
  expect(rounded(weights, 8)).toEqual([0.20222554, 0.48090173, 0.31687273])
})

test('CRITIC weighs as Tuş & Adalı (2019) publish', () => {
  const { weights } = weigh(critic, published.tus2019)
  expect(rounded(weights, 3)).toEqual([0.157, 0.249, 0.168, 0.121, 0.154, 0.151])
})

test('MEREC weighs as Keshavarz-Ghorabaee et al. (2021) publish; a cost enters as its reciprocal', () => {
  const benefits = published.keshavarz2021.map(([a, b, c, d]) => [a!, b!, 1 / c!, 1 / d!])
  expect(rounded(weigh(merec, benefits).weights, 4)).toEqual([0.5752, 0.0141, 0.4016, 0.0091])
})

test('PCA keeps the one component of USArrests that James et al. (2013, table 10.1) print, and weighs by its loadings squared', () => {
  const { weights, how } = weigh(pca, published.usArrests)
  expect(how.componentsKept).toBe(1)
  const deviations = (how.eigenvalues as number[]).map(Math.sqrt)
  // R: prcomp(USArrests, scale. = TRUE)$sdev
  expect(rounded(deviations, 4)).toEqual([1.5749, 0.9949, 0.5971, 0.4164])
  const loadings = weights.map(Math.sqrt)
  expect(rounded(loadings, 7)).toEqual([0.5358995, 0.5831836, 0.2781909, 0.5434321])
})

test('equal weights of four areas are a quarter each', () => {
  expect(weigh(equal, [[1, 2, 3, 5]]).weights).toEqual([0.25, 0.25, 0.25, 0.25])
})
