import { expect, test } from 'vitest'
import { readCountry } from './read-country.ts'
import type { Choices } from './read-value.ts'

const none = {} as Choices

test.each([
  ['KZ', 'KZ'],
  ['kz', 'KZ'],
  ['Қазақстан', 'KZ'],
  ['Казахстан', 'KZ'],
  ['Kazakhstan', 'KZ'],
  ['Россия', 'RU'],
  ['Өзбекстан', 'UZ'],
  ['  türkiye ', 'TR'],
])('%s is %s', (value, code) => {
  expect(readCountry(value.trim(), none)).toBe(code)
})

test.each(['Казахия', 'KAZ', 'EU', 'SU', 'ZZ', 'XX', '7'])('%s is no country', (value) => {
  expect(readCountry(value, none)).toEqual({ code: 'import.country', params: { value } })
})
