import { expect, test } from 'vitest'
import { compareDecimals, parseDecimal, roundDecimal, sumDecimals, trimDecimal } from './decimal.ts'

test('a sum is exact where binary floats are not', () => {
  expect(sumDecimals(['0.1', '0.2'])).toBe('0.3')
  expect(sumDecimals(['61.875', '-1000', '200'])).toBe('-738.125')
  expect(sumDecimals(['33.333333333333', '33.333333333333', '33.333333333333'])).toBe('99.999999999999')
})

test('the sum of nothing is zero', () => {
  expect(sumDecimals([])).toBe('0')
})

test('digits beyond those of a double survive', () => {
  expect(sumDecimals(['9007199254740993.000000000001', '0'])).toBe('9007199254740993.000000000001')
})

test('halves are rounded away from zero on both sides', () => {
  expect(roundDecimal('2.345', 2)).toBe('2.35')
  expect(roundDecimal('-2.345', 2)).toBe('-2.35')
  expect(roundDecimal('2.3449', 2)).toBe('2.34')
  expect(roundDecimal('7', 2)).toBe('7.00')
  expect(roundDecimal('0.5', 0)).toBe('1')
})

test('comparison goes by value, not by writing', () => {
  expect(compareDecimals('1.50', '1.5')).toBe(0)
  expect(compareDecimals('-2', '1')).toBe(-1)
  expect(compareDecimals('10', '9.99')).toBe(1)
})

test('zeros at the end are taken off, those before the point are not', () => {
  expect(trimDecimal('12.500')).toBe('12.5')
  expect(trimDecimal('100.0')).toBe('100')
  expect(trimDecimal('100')).toBe('100')
})

test('text that is not a decimal number is refused', () => {
  expect(() => parseDecimal('1e5')).toThrow(RangeError)
  expect(() => parseDecimal('')).toThrow(RangeError)
})
