import { expect, test } from 'vitest'
import { fromLocal, toLocal } from './moments.ts'

test('a moment goes through its field and back, to the minute', () => {
  const moment = new Date('2026-05-18T03:07:00Z')
  expect(fromLocal(toLocal(moment))).toBe(moment.toISOString())
})

test('an empty or broken field is no moment', () => {
  expect(fromLocal('')).toBeNull()
  expect(fromLocal('soon')).toBeNull()
})
