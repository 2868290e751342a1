import { expect, test } from 'vitest'
import { moversFilter, toneOf } from './movers-filter.ts'

test('what stands in the address becomes the query, and what cannot be is left out', () => {
  expect(moversFilter({})).toEqual({ sort: 'place' })
  expect(moversFilter({ move: 'rose', unit: '7', league: 'A', search: 'ким', sort: 'total' })).toEqual({
    move: 'rose',
    unit: 7,
    league: 'A',
    search: 'ким',
    sort: 'total',
  })
  expect(moversFilter({ move: 'up', unit: '-1', sort: 'age' })).toEqual({ sort: 'place' })
})

test('more is better, less is worse', () => {
  expect([3, -1, 0].map(toneOf)).toEqual(['better', 'worse', 'same'])
})
