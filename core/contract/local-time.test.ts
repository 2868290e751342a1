import { expect, test } from 'vitest'
import { clockAt, fromLocalTime, toLocalTime } from './local-time.ts'

test('the clock of Almaty was six hours ahead until 1 March 2024, and is five since', () => {
  expect(clockAt(new Date('2024-02-29T06:00:07Z'), 'Asia/Almaty')).toBe('2024-02-29T12:00:07')
  expect(clockAt(new Date('2024-03-01T07:00:00Z'), 'Asia/Almaty')).toBe('2024-03-01T12:00:00')
  expect(toLocalTime(new Date('2026-12-31T19:30:00Z'), 'Asia/Almaty')).toBe('2027-01-01T00:30')
})

test('a time goes to its moment and back', () => {
  for (const zone of ['Asia/Almaty', 'Europe/Berlin', 'America/New_York', 'UTC'])
    for (const text of ['2026-05-18T03:07', '2026-01-01T00:00', '2026-10-25T12:00'])
      expect(toLocalTime(fromLocalTime(text, zone)!, zone)).toBe(text)
  expect(fromLocalTime('2026-05-18T08:07', 'Asia/Almaty')).toEqual(new Date('2026-05-18T03:07:00Z'))
})

test('a time that the clock shows twice or never is still one moment', () => {
  expect(fromLocalTime('2026-10-25T02:30', 'Europe/Berlin')).toEqual(new Date('2026-10-25T01:30:00Z'))
  expect(fromLocalTime('2026-03-29T02:30', 'Europe/Berlin')).toEqual(new Date('2026-03-29T01:30:00Z'))
})

test('what is no time is no moment', () => {
  for (const text of ['', 'soon', '2026-05-18', '2026-13-40T00:00'])
    expect(fromLocalTime(text, 'UTC')).toBeNull()
})
