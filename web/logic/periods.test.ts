import { expect, test } from 'vitest'
import { currentPeriod, lastFullPeriod, yearAfter, yearBefore } from './periods.ts'

test('the last full period ends the day before the current one begins', () => {
  expect(lastFullPeriod('09-01', '2025-11-20')).toEqual({ from: '2024-09-01', to: '2025-08-31' })
  expect(lastFullPeriod('09-01', '2025-08-31')).toEqual({ from: '2023-09-01', to: '2024-08-31' })
  expect(lastFullPeriod('09-01', '2025-09-01')).toEqual({ from: '2024-09-01', to: '2025-08-31' })
})

test('the current period is the one in which today lies', () => {
  expect(currentPeriod('09-01', '2025-11-20')).toEqual({ from: '2025-09-01', to: '2026-08-31' })
  expect(currentPeriod('09-01', '2026-08-31')).toEqual({ from: '2025-09-01', to: '2026-08-31' })
  expect(currentPeriod('01-01', '2026-03-05')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
})

test('a calendar year is a period too', () => {
  expect(lastFullPeriod('01-01', '2026-03-05')).toEqual({ from: '2025-01-01', to: '2025-12-31' })
})

test('the years before and after keep the first day and end the day before the next', () => {
  expect(yearBefore({ from: '2025-09-01', to: '2026-08-31' })).toEqual({
    from: '2024-09-01',
    to: '2025-08-31',
  })
  expect(yearAfter({ from: '2025-09-01', to: '2026-08-31' })).toEqual({
    from: '2026-09-01',
    to: '2027-08-31',
  })
  expect(yearAfter({ from: '2026-03-01', to: '2027-02-28' })).toEqual({
    from: '2027-03-01',
    to: '2028-02-29',
  })
})
