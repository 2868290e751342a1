import { expect, test } from 'vitest'
import { confidencePercent, confidenceWord } from './confidence.ts'

test('a probability has a word, and a word begins at its bound', () => {
  expect([1, 0.95, 0.949, 0.8, 0.79, 0.6, 0.59, 0.3, 0.29, 0].map(confidenceWord)).toEqual([
    ...['certain', 'certain', 'veryLikely', 'veryLikely', 'likely', 'likely'],
    ...['possible', 'possible', 'unlikely', 'unlikely'],
  ])
})

test('per cent are cut, and nothing is said to be wholly certain', () => {
  expect([1, 0.9999, 0.806, 0.5, 0.004, 0].map(confidencePercent)).toEqual([99, 99, 80, 50, 1, 1])
})
