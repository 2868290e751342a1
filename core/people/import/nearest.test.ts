import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSteps, findNearest } from './nearest.ts'

test('steps are letters added, left out, exchanged or swapped', () => {
  expect(countSteps('кафедра', 'кафедра', 2)).toBe(0)
  expect(countSteps('кафдера', 'кафедра', 2)).toBe(1)
  // kitten > sitten > sittin > sitting
  expect(countSteps('kitten', 'sitting', 3)).toBe(3)
  expect(countSteps('kitten', 'sitting', 2)).toBeNull()
})

test('the nearest is found whatever the case, and what is far is not suggested', () => {
  expect(findNearest('cs1', ['IT', 'CS-1', 'MATH'])).toBe('CS-1')
  expect(findNearest('лектур', ['профессор', 'оқытушы'])).toBeNull()
  expect(findNearest('x', [])).toBeNull()
})

test('steps there are as many as steps back', () => {
  const word = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(countSteps(a, b, 8)).toBe(countSteps(b, a, 8))
    }),
  )
})
