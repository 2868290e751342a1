import { testPlugin, testWeighting } from '@ustaz/core/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { critic } from './critic.ts'
import { entropy } from './entropy.ts'
import { equal } from './equal.ts'
import plugin from './index.ts'
import { merec } from './merec.ts'
import { pca } from './pca.ts'
import { standardDeviation } from './standard-deviation.ts'
import { weigh } from './test-weigh.ts'

const scores = [
  [12, 5, 40],
  [30, 1, 22],
  [18, 9, 35],
  [25, 4, 8],
]
const all = [equal, standardDeviation, entropy, critic, merec, pca]
const byScores = all.filter(({ needs }) => needs === 'scores')

testPlugin(plugin)
for (const weighting of all) testWeighting(weighting, { scores })

const points = fc.double({ min: 0.5, max: 500, noNaN: true })
const teachers = fc.array(fc.tuple(points, points, points), { minLength: 4, maxLength: 40 })
/** Random points beside four teachers who differ in every area. */
const rows = teachers.map((some) => [...scores, ...some])
const close = (a: readonly number[], b: readonly number[], tolerance = 1e-9) =>
  expect(Math.max(...a.map((value, index) => Math.abs(value - b[index]!)))).toBeLessThan(tolerance)
const total = (values: readonly number[]) => values.reduce((a, b) => a + b)

describe.each(byScores.map((weighting) => ({ weighting, id: weighting.id })))('$id', ({ weighting }) => {
  test('weights are 0 or more and sum to 1', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { weights } = weigh(weighting, given)
        expect(Math.abs(total(weights) - 1)).toBeLessThan(1e-12)
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('the order of teachers does not matter, nor the unit in which an area is counted', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 100, noNaN: true }), (given, factor) => {
        const { weights } = weigh(weighting, given)
        close(weigh(weighting, [...given].reverse()).weights, weights)
        close(
          weigh(
            weighting,
            given.map(([a, b, c]) => [a! * factor, b!, c!]),
          ).weights,
          weights,
        )
      }),
    )
  })

  test('a teacher with an unknown value is left out whole, and counted', () => {
    const { weights, how } = weigh(weighting, [...scores, [Number.NaN, 1e6, 1]])
    expect(weights).toEqual(weigh(weighting, scores).weights)
    expect(how).toMatchObject({ rows: 4, rowsLeftOut: 1 })
  })

  test('fewer than two teachers known in every area are refused', () => {
    const refused = () =>
      weigh(weighting, [
        [1, 2, 3],
        [Number.NaN, 2, 3],
      ])
    expect(refused).toThrow(
      expect.objectContaining({ code: 'statistical.too-few-rows', params: { rows: 1 } }),
    )
  })

  test('areas in which nobody differs are refused', () => {
    const refused = () =>
      weigh(weighting, [
        [1, 2, 3],
        [1, 2, 3],
      ])
    const code = weighting === pca ? 'statistical.constant' : 'statistical.no-information'
    expect(refused).toThrow(expect.objectContaining({ code }))
  })

  test('an only area weighs 1', () => {
    expect(weigh(weighting, [[1], [2]]).weights).toEqual([1])
  })
})

test('CRITIC, standard deviation and PCA take negative points and do not change when points are added to an area', () => {
  for (const weighting of [critic, standardDeviation, pca]) {
    const moved = scores.map(([a, b, c]) => [a! - 100, b!, c!])
    close(weigh(weighting, moved).weights, weigh(weighting, scores).weights)
  }
})

test('an area in which all are alike weighs 0 and changes nothing for the others', () => {
  for (const weighting of [standardDeviation, entropy, critic]) {
    const { weights } = weigh(
      weighting,
      scores.map((row) => [...row, 7]),
    )
    close(weights, [...weigh(weighting, scores).weights, 0])
  }
  expect(
    weigh(
      merec,
      scores.map((row) => [...row, 7]),
    ).weights[3],
  ).toBe(0)
})

test('entropy takes zeros and refuses negative points; MEREC refuses both and names the areas', () => {
  const zeros = [[0, 1, 2], [5, 1, 0], [3, 4, 1]] // prettier-ignore
  expect(total(weigh(entropy, zeros).weights)).toBeCloseTo(1, 12)
  expect(() => weigh(merec, zeros)).toThrow(
    expect.objectContaining({ code: 'statistical.not-positive', params: { areas: ['K1', 'K3'] } }),
  )
  expect(() =>
    weigh(entropy, [
      [1, -1],
      [2, 3],
    ]),
  ).toThrow(expect.objectContaining({ code: 'statistical.negative', params: { areas: ['K2'] } }))
})

test('CRITIC refuses areas that all say the same', () => {
  const same = [1, 2, 5, 9].map((value) => [value, 10 * value, 3 * value + 1])
  expect(() => weigh(critic, same)).toThrow(expect.objectContaining({ code: 'statistical.no-information' }))
})

test('CRITIC shows the correlations behind the weights: two opposite areas have -1', () => {
  const { how } = weigh(critic, [[1, 9], [2, 8], [4, 6]]) // prettier-ignore
  expect(how.correlations).toEqual({ K1: { K1: 1, K2: -1 }, K2: { K1: -1, K2: 1 } })
})
