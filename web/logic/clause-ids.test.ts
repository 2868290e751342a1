import { expect, test } from 'vitest'
import { clauseIds, freeId } from './clause-ids.ts'

const document = {
  code: 'x',
  areas: [{ id: 'A' }],
  criteria: [{ id: '1.9' }, { id: '1.10' }],
  weighting: { id: 'w' },
}

test('ids are those of the clauses in lists', () => {
  expect(clauseIds(document)).toEqual(['A', '1.9', '1.10'])
  expect(clauseIds(document, ['criteria'])).toEqual(['1.9', '1.10'])
})

test('a new clause gets the next free number', () => {
  expect(freeId(document, '1.9')).toBe('1.11')
  expect(freeId(document, 'A')).toBe('A-2')
  expect(freeId(document, 'B')).toBe('B')
  expect(freeId(document, '')).toBe('2')
})
