import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test.each([
  ['Müller', 'muller'],
  ['Łódź – Straße', 'lodzstrasse'],
  ['ＦＵＬＬ width', 'fullwidth'],
  ['Ёлка', 'елка'],
  ['Айгүл ӘҒҚҢӨҰҮҺІ', 'айгүләғқңөұүһі'],
  ['Part I / part-II', 'partipartii'],
])('%s is compared as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('й is not и, and Cyrillic А is not Latin A', () => {
  expect(fold('й')).not.toBe(fold('и'))
  expect(fold('А')).not.toBe(fold('A'))
})

test('composed and decomposed text is the same, and folding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
      expect(fold(fold(text))).toBe(fold(text))
    }),
  )
})
