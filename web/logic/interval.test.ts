import { expect, test } from 'vitest'
import { mostMoving, placesText } from './interval.ts'

test('a range of places has both ends, one place only itself', () => {
  expect(placesText(4, 9, String)).toBe('4–9')
  expect(placesText(1200, 1200, (value) => value.toLocaleString('en'))).toBe('1,200')
})

test('the choice that moves most is found among those that move at all', () => {
  const choices = [{ alone: 1.5 }, { alone: null }, { alone: 3 }, { alone: 0 }]
  expect(mostMoving(choices)).toBe(choices[2])
  expect(mostMoving([{ alone: null }, { alone: 0 }])).toBeNull()
})
