import { expect, test } from 'vitest'
import { chosenData, comparedFields } from './copy-fields.ts'

const schema = {
  type: 'object',
  properties: { title: { type: 'string' }, year: { type: 'integer' }, doi: { type: 'string' } },
  required: ['title'],
}
const pair = {
  first: { data: { title: 'Algebra', year: 2025, source: 'hand' }, happenedOn: '2025-05-01' },
  second: { data: { title: 'Algebra', year: 2026, doi: '10.1/a', source: 'crossref' }, happenedOn: null },
}

test('fields are told apart by their values; what is not given is not the same as what is', () => {
  expect(comparedFields(pair, schema).map(({ key, differs }) => [key, differs])).toEqual([
    ['data.title', false],
    ['data.year', true],
    ['data.doi', true],
    ['happenedOn', true],
  ])
})

test('what stays is that of the one that stays, but for what was taken from the other', () => {
  expect(chosenData(pair, 'first', {})).toEqual(pair.first)
  expect(chosenData(pair, 'first', { 'data.doi': 'second', 'data.title': 'second' })).toEqual({
    data: { title: 'Algebra', year: 2025, source: 'hand', doi: '10.1/a' },
    happenedOn: '2025-05-01',
  })
  const none = chosenData(pair, 'second', { 'data.doi': 'first', happenedOn: 'first' })
  expect(none).toEqual({
    data: { title: 'Algebra', year: 2026, source: 'crossref' },
    happenedOn: '2025-05-01',
  })
})
