import { expect, test } from 'vitest'
import { besideMedian, changesOf } from './compare-years.ts'
import type { YearFigures } from './compare-years.ts'

const year = (
  campaignId: number,
  shrunken: number | null,
  standardError = 3,
  versionId = 1,
): YearFigures => ({
  campaignId,
  versionId,
  shrunken,
  standardError: shrunken === null ? null : standardError,
  low: shrunken === null ? null : shrunken - 1.96 * standardError,
  high: shrunken === null ? null : shrunken + 1.96 * standardError,
  unitMedian: 70,
})

// Errors of 3 and 4 make one of 5; 1.96 x 5 = 9.8.
test('a difference is a change only beyond what chance brings to either side in 95 of 100 cases', () => {
  const verdict = (later: number) => changesOf([year(1, 60, 3), year(2, later, 4)])[1]
  expect(verdict(69.7)).toMatchObject({ from: 1, verdict: 'noise' })
  expect(verdict(69.9)).toMatchObject({ verdict: 'higher' })
  expect(verdict(50.3)).toMatchObject({ verdict: 'noise' })
  expect(verdict(50.1)).toMatchObject({ verdict: 'lower' })
  expect(verdict(69.9)!.difference).toBeCloseTo(9.9, 9)
  expect(verdict(69.9)!.margin).toBeCloseTo(9.8, 3)
})

test('the first survey has nothing to be compared with, and one without a score is passed over', () => {
  const changes = changesOf([year(1, null), year(2, 60), year(3, null), year(4, 61)])
  expect(changes.map((change) => change?.from ?? null)).toEqual([null, null, null, 2])
  expect(changesOf([])).toEqual([])
})

test('figures without any error differ or do not', () => {
  expect(changesOf([year(1, 60, 0), year(2, 60, 0), year(3, 60.1, 0)]).map((one) => one?.verdict)).toEqual([
    undefined,
    'noise',
    'higher',
  ])
})

test('other questions are said to be other ones', () => {
  const [, same, other] = changesOf([year(1, 60), year(2, 60), year(3, 60, 3, 2)])
  expect([same?.otherQuestions, other?.otherQuestions]).toEqual([false, true])
})

test('a score stands above or below the median only with its whole interval', () => {
  expect(besideMedian(year(1, 76, 3))).toBe('above')
  expect(besideMedian(year(1, 75.8, 3))).toBe('within')
  expect(besideMedian(year(1, 64, 3))).toBe('below')
  expect(besideMedian(year(1, null))).toBeNull()
  expect(besideMedian({ ...year(1, 90), unitMedian: null })).toBeNull()
})
