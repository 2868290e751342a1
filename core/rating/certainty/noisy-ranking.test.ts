import { describe, expect, test } from 'vitest'
import { prepareNoisyRanking } from './noisy-ranking.ts'
import { openRandom } from './random.ts'

const rank = (totals: number[], noise: number[] | null, z: number, groups = totals.map(() => 0)) => {
  const given = noise && Float64Array.from(noise)
  const ranking = prepareNoisyRanking(Int32Array.from(groups), given)
  return [...ranking(Float64Array.from(totals), given, z, new Int32Array(totals.length))]
}

test('without noise, and without moving, ranks are the places', () => {
  expect(rank([5, 9, 9, 12], null, 1.6)).toEqual([4, 2, 2, 1])
  expect(rank([5, 9, 9, 12], [1, 1, 1, 1], 0)).toEqual([4, 2, 2, 1])
  expect(rank([5, 9, Number.NaN, 12], [1, 2, 3, 4], 0, [0, 0, 0, 1])).toEqual([2, 1, 0, 1])
  expect(rank([5, 9], null, 0, [0, -1])).toEqual([1, 0])
})

test('who is moved up has those above who are still ahead, who is moved down also those by whom overtaken', () => {
  const [totals, noise] = [[10, 14, 16], [3, 4, 0]] as const // prettier-ignore
  // Errors of the differences: 5 (first and second), 3 (first and third), 4 (second and third).
  expect(rank([...totals], [...noise], 1)).toEqual([2, 1, 1])
  expect(rank([...totals], [...noise], -1)).toEqual([3, 3, 2])
  // Twice: 10, 6 and 8. 16 is not above 10 + 6, nor 10 above 16 - 6.
  expect(rank([...totals], [...noise], 2)).toEqual([1, 1, 1])
  expect(rank([...totals], [...noise], -2)).toEqual([3, 3, 2])
})

describe('against counting pair by pair', () => {
  const random = openRandom(4)
  const count = 200
  const totals = Array.from({ length: count }, () => Math.round(40 * random.uniform()) / 4)
  const groups = Array.from({ length: count }, () => Math.floor(3 * random.uniform()) - 1)

  /** 1 + others of the league with a difference above z errors; by plain loops. */
  function count1(noise: readonly number[], z: number, row: number): number {
    const above = totals.filter((total, other) => {
      const error = z * Math.hypot(noise[row]!, noise[other]!)
      return other !== row && groups[other] === groups[row] && total - totals[row]! > error + 1e-9
    })
    return groups[row] === -1 ? 0 : above.length + 1
  }

  test.each([-1.645, -0.3, 0, 0.7, 1.645])('few kinds of noise are exact (z = %d)', (z) => {
    const noise = totals.map((_, row) => [0, 0.5, 2][row % 3]!)
    expect(rank(totals, noise, z, groups)).toEqual(totals.map((_, row) => count1(noise, z, row)))
  })

  test('many kinds make a range wider, never narrower', () => {
    const noise = totals.map(() => 0.2 + 2 * random.uniform())
    const [best, worst] = [rank(totals, noise, 1.645, groups), rank(totals, noise, -1.645, groups)]
    const exact = totals.map((_, row) => [count1(noise, 1.645, row), count1(noise, -1.645, row)] as const)
    let wider = 0
    exact.forEach(([low, high], row) => {
      expect(best[row]).toBeLessThanOrEqual(low)
      expect(worst[row]).toBeGreaterThanOrEqual(high)
      wider += worst[row]! - best[row]! - (high - low)
    })
    // On average by less than a tenth of a league's 67.
    expect(wider / count).toBeLessThan(6.7)
  })
})
