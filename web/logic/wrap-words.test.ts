import { expect, test } from 'vitest'
import { wrapWords } from './wrap-words.ts'

test('lines are filled up to the length and broken between words only', () => {
  expect(wrapWords('Faculty of Economics and Law', 12)).toBe('Faculty of\nEconomics\nand Law')
})

test('a word longer than a line keeps whole', () => {
  expect(wrapWords('«Қонақжайлылық» кафедрасы', 8)).toBe('«Қонақжайлылық»\nкафедрасы')
})
