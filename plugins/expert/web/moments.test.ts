import { expect, test } from 'vitest'
import { fromLocal, toLocal } from './moments.ts'

test('a moment goes into a field of local time and comes back, to the minute', () => {
  const moment = '2026-09-01T03:30:00.000Z'
  expect(toLocal(moment)).toMatch(/^2026-0[89]-\d\dT\d\d:\d\d$/)
  expect(fromLocal(toLocal(moment))).toBe(moment)
})

test('an empty field and one with no date in it are no moment', () => {
  expect([fromLocal(''), fromLocal('soon')]).toEqual([null, null])
})
