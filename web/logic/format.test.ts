import { expect, test } from 'vitest'
import {
  formatDay,
  formatDecimal,
  formatMoment,
  formatMonthDay,
  formatPeriod,
  shortPeriod,
} from './format.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('an exact decimal keeps every digit and gets the separators of the locale', () => {
  expect(plain(formatDecimal('1234567.123456789012', 'ru'))).toBe('1 234 567,123456789012')
  expect(plain(formatDecimal('1234.5', 'kk'))).toBe('1 234,5')
  expect(formatDecimal('1234.5', 'en')).toBe('1,234.5')
})

test('a negative number has a true minus sign, zero has no sign', () => {
  expect(formatDecimal('-600', 'en', { sign: true })).toBe('\u2212600')
  expect(formatDecimal('-0.004', 'en', { digits: 2 })).toBe('0.00')
  expect(formatDecimal('61.875', 'en', { sign: true })).toBe('+61.875')
  expect(formatDecimal('0', 'en', { sign: true })).toBe('0')
})

test('digits are rounded half away from zero', () => {
  expect(formatDecimal('61.875', 'en', { digits: 2 })).toBe('61.88')
})

test('a period within a year is called by the year, another by both', () => {
  expect(shortPeriod('2025-01-01', '2025-12-31')).toBe('2025')
  expect(shortPeriod('2024-09-01', '2025-08-31')).toBe('2024/2025')
  expect(formatPeriod('2025-09-01', '2026-08-31', 'en')).toContain('2026')
})

test('a Kazakh date needs no Kazakh data of the browser', () => {
  expect(plain(formatDay('2025-09-01', 'kk'))).toBe('2025 ж. 1 қыр.')
  expect(plain(formatPeriod('2025-09-01', '2026-08-31', 'kk'))).toBe('2025 ж. 1 қыр. – 2026 ж. 31 там.')
})

test('a day of every year has no year', () => {
  expect(plain(formatMonthDay('09-01', 'ru'))).toBe('1 сентября')
  expect(formatMonthDay('09-01', 'en')).toBe('September 1')
  expect(plain(formatMonthDay('09-01', 'kk'))).toBe('1 қыр.')
})

test('a moment is shown by the clock of the zone that is given, not of the machine', () => {
  const moment = '2026-12-31T19:30:00Z'
  expect(plain(formatMoment(moment, 'kk', 'Asia/Almaty'))).toBe('2027 ж. 1 қаң., 00:30')
  expect(plain(formatMoment(moment, 'en', 'Asia/Almaty'))).toBe('Jan 1, 2027, 12:30 AM')
  expect(plain(formatMoment(moment, 'ru', 'America/New_York'))).toContain('14:30')
  expect(plain(formatMoment(moment, 'kk', 'America/New_York'))).toBe('2026 ж. 31 жел., 14:30')
})
