import { expect, test } from 'vitest'
import { firstQuestion, freeId, moved, newQuestion } from './question-draft.ts'

test('a new question gets an id that is free', () => {
  expect(freeId([{ id: 'q1' }, { id: 'q3' }], 'q')).toBe('q4')
  expect(newQuestion('text', [firstQuestion()]).id).toBe('q2')
})

test('a question moves by one place, and not beyond the ends', () => {
  const list = [firstQuestion(), newQuestion('text', [firstQuestion()])]
  const ids = (questions: typeof list) => questions.map(({ id }) => id)
  expect(ids(moved(list, 0, 1))).toEqual(['q2', 'q1'])
  expect(ids(moved(list, 0, -1))).toEqual(['q1', 'q2'])
  expect(ids(moved(list, 1, 1))).toEqual(['q1', 'q2'])
})
