import { expect, test } from 'vitest'
import { toDecimal } from './to-decimal.ts'

test('six decimals, no minus before zero, and unknown stays unknown', () => {
  expect(toDecimal(3.25)).toBe('3.250000')
  expect(toDecimal(2 / 3)).toBe('0.666667')
  expect(toDecimal(-0.0000001)).toBe('0.000000')
  expect(toDecimal(-1.5)).toBe('-1.500000')
  expect(toDecimal(null)).toBe(null)
})
