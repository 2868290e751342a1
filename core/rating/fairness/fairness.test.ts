import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compareGroups } from './compare-groups.ts'
import { gapBetween, gapWithin, join, nobody } from './gap.ts'
import type { Sample } from './gap.ts'
import { hideSmallGroups } from './hide-groups.ts'
import type { Stratum } from './read-strata.ts'
import { studentQuantile } from './student-t.ts'

function sampleOf(values: readonly number[]): Sample {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count: values.length, mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) }
}

// Abramowitz and Stegun (1964), table 26.10, two-sided 95 %.
test.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [5, 2.571],
  [10, 2.228],
  [30, 2.042],
  [120, 1.98],
])("Student's quantile for %i degrees of freedom is %f", (degrees, quantile) => {
  expect(studentQuantile(degrees) / quantile).toBeCloseTo(1, 2)
})

describe('a gap', () => {
  // Worked by hand: means 20.6 and 23.2, variances 13.3 and 3.7, s2/n 2.66 and 0.74; error 1.8439, degrees
  // 3.4^2 / (2.66^2/4 + 0.74^2/4) = 6.07, t = 2.441 (table 26.10, between 6 and 7 degrees).
  const a = [15, 20, 21, 22, 25]
  const b = [21, 22, 23, 24, 26]
  it('is a difference of means with an interval around it', () => {
    const gap = gapBetween(sampleOf(a), sampleOf(b))!
    expect(gap.estimate).toBeCloseTo(-2.6, 10)
    expect(gap.high).toBeCloseTo(-2.6 + 2.441 * 1.8439, 1)
    expect(gap.low).toBeCloseTo(-2.6 - 2.441 * 1.8439, 1)
  })
  it('is not told of fewer than two people', () => {
    expect(gapBetween(sampleOf([1]), sampleOf(b))).toBeNull()
    expect(gapWithin([[sampleOf([1]), sampleOf(b)]])).toBeNull()
    expect(gapWithin([])).toBeNull()
  })
  it('within one stratum is the plain difference', () => {
    expect(gapWithin([[sampleOf(a), sampleOf(b)]])!.estimate).toBeCloseTo(-2.6, 10)
  })
  it('at equal position vanishes where only the mix of positions differs', () => {
    const high = [100, 101, 102, 103]
    const low = [10, 11, 12, 13]
    const strata = [
      [sampleOf([...high, ...high]), sampleOf(high)],
      [sampleOf(low), sampleOf([...low, ...low])],
    ] as const
    expect(gapWithin(strata)!.estimate).toBeCloseTo(0, 10)
    expect(
      gapBetween(sampleOf([...high, ...high, ...low]), sampleOf([...high, ...low, ...low]))!.estimate,
    ).toBeGreaterThan(20)
  })
  it('covers the true difference in about 95 of 100 samples', () => {
    let state = 11
    // Park and Miller (1988): x <- 16807 x mod 2^31 - 1, between 0 and 1.
    const next = () => (state = (16_807 * state) % 2_147_483_647) / 2_147_483_647
    const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())
    let covered = 0
    for (let round = 0; round < 1000; round++) {
      const gap = gapBetween(
        sampleOf(Array.from({ length: 8 }, () => 3 + normal())),
        sampleOf(Array.from({ length: 20 }, () => 3 * normal())),
      )!
      if (gap.low <= 3 && gap.high >= 3) covered++
    }
    expect(covered).toBeGreaterThan(925)
    expect(covered).toBeLessThan(975)
  })
})

test('samples joined are the sample of all', () => {
  const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(numbers, numbers, (one, other) => {
      const both = join(sampleOf(one), sampleOf(other))
      const whole = sampleOf([...one, ...other])
      expect(both.count).toBe(whole.count)
      expect(both.mean).toBeCloseTo(whole.mean, 6)
      expect(both.variance).toBeCloseTo(whole.variance, 4)
      expect(join(nobody, sampleOf(one))).toEqual(sampleOf(one))
    }),
  )
})

test('hidden groups are none, or at least two with five people together; what is shown has five', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (counts) => {
      const groups = counts.map((count) => ({ count }))
      const { shown, hidden } = hideSmallGroups(groups)
      expect(shown.length + hidden.length).toBe(groups.length)
      expect(shown.every(({ count }) => count >= 5)).toBe(true)
      const people = hidden.reduce((sum, { count }) => sum + count, 0)
      expect(hidden.length === 0 || shown.length === 0 || (hidden.length >= 2 && people >= 5)).toBe(true)
    }),
  )
  const sizes = (...counts: number[]) =>
    hideSmallGroups(counts.map((count) => ({ count }))).shown.map(({ count }) => count)
  expect(sizes(40, 12, 3)).toEqual([40])
  expect(sizes(40, 12, 3, 4)).toEqual([40, 12])
  expect(sizes(40, 12)).toEqual([40, 12])
  expect(sizes(4)).toEqual([])
})

test('groups are compared with everybody else, unknown ones too', () => {
  const stratum = (group: string | null, stratumName: string, values: number[]): Stratum => ({
    dimension: 'sex',
    group,
    stratum: stratumName,
    ...sampleOf(values),
  })
  const { dimensions } = compareGroups([
    stratum('female', 'p', [10, 20, 30, 40, 50]),
    stratum('male', 'p', [20, 30, 40, 50, 60]),
    stratum(null, 'p', [1, 2, 3, 4, 5]),
  ])
  const sex = dimensions.find(({ dimension }) => dimension === 'sex')!
  expect(sex.groups.map(({ group, count, mean }) => [group, count, mean])).toEqual([
    ['female', 5, 30],
    ['male', 5, 40],
    [null, 5, 3],
  ])
  expect(sex.groups[0]!.gap!.estimate).toBeCloseTo(30 - 21.5, 10)
  expect(dimensions.find(({ dimension }) => dimension === 'age')!.groups).toEqual([])
})
