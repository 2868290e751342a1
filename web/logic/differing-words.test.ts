import { expect, test } from 'vitest'
import { differingWords, haveOtherWords } from './differing-words.ts'

const marked = (text: string, other: string) =>
  differingWords(text, other)
    .map((piece) => (piece.differs ? `[${piece.text}]` : piece.text))
    .join('')

test('words that the other lacks are marked, as often as it lacks them', () => {
  expect(marked('On soils, and soils.', 'On Soils')).toBe('On soils, [and] [soils].')
  expect(marked('On soils', 'On soils, and soils.')).toBe('On soils')
  expect(marked('', 'On soils')).toBe('')
})

test('a Latin letter in a Cyrillic word is seen', () => {
  expect(marked('Сельскaя школа', 'Сельская школа')).toBe('[Сельскaя] школа')
})

test('signs and case are no other words', () => {
  expect(haveOtherWords('On soils!', 'ON SOILS')).toBe(false)
  expect(haveOtherWords('On soils', 'On a soil')).toBe(true)
  expect(haveOtherWords('On soils', 'Soils on')).toBe(true)
})
