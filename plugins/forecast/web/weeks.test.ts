import { expect, test } from 'vitest'
import { apart, dayAfter, highestWeeks, monthMarks } from './weeks.ts'

test('a month is marked in the week it begins in', () => {
  expect(monthMarks('2025-09-01', 10)).toEqual([
    '2025-09-01',
    null,
    null,
    null,
    '2025-10-01',
    null,
    null,
    null,
    '2025-11-01',
    null, // prettier-ignore
  ])
  expect(monthMarks('2025-09-01', 53).filter((one) => one !== null)).toHaveLength(12 + 1)
})

test('days are counted over leap years', () => {
  expect(dayAfter('2024-02-28', 2)).toBe('2024-03-01')
})

test('the highest weeks come with their days, and weeks without anything never', () => {
  const shares = Array.from({ length: 53 }, () => 0)
  shares[41] = 0.3
  shares[52] = 0.1
  const found = highestWeeks(shares, { from: '2025-09-01', to: '2026-08-31', most: 3 })
  expect(found).toEqual([
    { week: 41, share: 0.3, from: '2026-06-15', to: '2026-06-21' },
    { week: 52, share: 0.1, from: '2026-08-31', to: '2026-08-31' },
  ])
})

test('of labels that would lie on each other the later one stays', () => {
  expect(apart([16, 19, 16.5, 25], 1)).toEqual([false, true, true, true])
})
