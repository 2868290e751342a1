import { expect, test } from 'vitest'
import { clauseOf, insertAt, moveAt, placesOf, pointerOf, putAt, removeAt, valueAt } from './document-path.ts'

const document = { areas: [{ id: 'A', cap: null }, { id: 'B' }], weighting: { params: { 'a/b': '1' } } }

test('a value is put without touching what stands beside it, and taken out by undefined', () => {
  const changed = putAt(document, ['areas', 0, 'cap'], '5') as typeof document
  expect(changed).toEqual({ ...document, areas: [{ id: 'A', cap: '5' }, { id: 'B' }] })
  expect(changed.areas[1]).toBe(document.areas[1])
  expect(changed.weighting).toBe(document.weighting)
  expect(putAt(document, ['areas', 0, 'cap'], undefined)).toEqual({
    ...document,
    areas: [{ id: 'A' }, { id: 'B' }],
  })
  expect('cap' in (valueAt(putAt(document, ['areas', 0, 'cap'], undefined), ['areas', 0]) as object)).toBe(
    false,
  )
})

test('a value is put where nothing was yet', () => {
  expect(putAt({}, ['split', 'minimum', 'of'], 'sheets')).toEqual({ split: { minimum: { of: 'sheets' } } })
  expect(valueAt(document, ['areas', 7, 'cap', 'x'])).toBeUndefined()
})

test('items of a list are inserted, removed and moved', () => {
  const ids = (changed: unknown) => (valueAt(changed, ['list']) as string[]).join('')
  const list = { list: ['a', 'b', 'c'] }
  expect(ids(insertAt(list, ['list'], 1, 'x'))).toBe('axbc')
  expect(ids(insertAt({}, ['list'], 5, 'x'))).toBe('x')
  expect(ids(removeAt(list, ['list'], 1))).toBe('ac')
  expect(ids(moveAt(list, ['list'], 0, 2))).toBe('bca')
  expect(ids(moveAt(list, ['list'], 2, 0))).toBe('cab')
})

test('pointers and paths say the same', () => {
  const path = ['weighting', 'params', 'a/b~c', 3]
  expect(pointerOf(path)).toBe('/weighting/params/a~1b~0c/3')
  expect(placesOf(pointerOf(path))).toEqual(path)
  expect(clauseOf('/criteria/12/points/of')).toEqual({ section: 'criteria', place: 12 })
  expect(clauseOf('/weighting/id')).toBeNull()
})
