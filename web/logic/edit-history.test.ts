import { expect, test } from 'vitest'
import { recordStep, redoStep, startHistory, undoStep } from './edit-history.ts'

const type = (states: readonly string[], about: string | null = 'title', every = 100) =>
  states.reduce(
    (history, state, index) => recordStep(history, state, { about, at: index * every }),
    startHistory(''),
  )

test('typing on in one field is one step, a pause or another field begins a new one', () => {
  expect(undoStep(type(['a', 'ab', 'abc'])).present).toBe('')
  expect(undoStep(type(['a', 'ab', 'abc'], 'title', 2000)).present).toBe('ab')
  const elsewhere = recordStep(type(['a', 'ab']), 'ab!', { about: 'source', at: 250 })
  expect(undoStep(elsewhere).present).toBe('ab')
  expect(undoStep(type(['a', 'ab', 'abc'], null)).present).toBe('ab')
})

test('what was undone is done again, until something else is written', () => {
  const undone = undoStep(undoStep(type(['a', 'ab', 'abc'], null)))
  expect(undone.present).toBe('a')
  expect(redoStep(redoStep(undone)).present).toBe('abc')
  const other = recordStep(undone, 'x', { about: null, at: 0 })
  expect(redoStep(other)).toEqual(other)
  expect(undoStep(other).present).toBe('a')
})

test('at the first state there is nothing to undo, also if it is undefined', () => {
  expect(undoStep(startHistory('a')).present).toBe('a')
  expect(
    undoStep(recordStep(startHistory<string | undefined>(undefined), 'a', { about: null, at: 0 })).present,
  ).toBeUndefined()
})

test('after undoing, typing in the same field is a new step', () => {
  const again = recordStep(undoStep(type(['a', 'ab'], 'title', 2000)), 'ac', { about: 'title', at: 2100 })
  expect(undoStep(again).present).toBe('a')
})
