import { expect, it } from 'vitest'
import type { Window } from '../../contract/regulation/rule.ts'
import { countsUntil, windowDays } from './window.ts'

const year = { from: '2025-09-01', to: '2026-08-31' }
const window = (changes: Partial<Window>): Window => ({ start: null, years: 1, average: false, ...changes })

it.each([
  ['no window', null, year, '2025-09-01', '2026-08-31'],
  ['the last three years', window({ years: 3 }), year, '2023-09-01', '2026-08-31'],
  ['the recruitment year', window({ start: '06-01' }), year, '2025-06-01', '2026-05-31'],
  ['two calendar years', window({ start: '01-01', years: 2 }), year, '2024-01-01', '2025-12-31'],
  ['a year that ends with the period', window({ start: '09-01' }), year, '2025-09-01', '2026-08-31'],
  ['a year that would end a day too late', window({ start: '09-02' }), year, '2024-09-02', '2025-09-01'],
  [
    'years from a half of a year',
    window({ years: 2 }),
    { from: '2026-01-01', to: '2026-06-30' },
    '2025-01-01',
    '2026-06-30',
  ],
  [
    'years from a leap day',
    window({ years: 2 }),
    { from: '2024-02-29', to: '2025-02-27' },
    '2023-02-28',
    '2025-02-27',
  ],
])('counts %s', (_, given, period, from, to) => {
  expect(windowDays(given, period)).toEqual({ from, to })
})

it.each([
  ['this year alone', null, '2025-10-01', '2026-08-31'],
  ['two years more', window({ years: 3 }), '2025-10-01', '2028-08-31'],
  ['one year more of what is from the year before', window({ years: 3 }), '2025-08-31', '2027-08-31'],
  ['calendar years that have ended', window({ start: '01-01', years: 2 }), '2024-03-01', '2026-08-31'],
  ['not this year', window({ years: 2 }), '2024-08-31', null],
])('counts %s', (_, given, day, until) => {
  expect(countsUntil(given, day, year)).toBe(until)
})
