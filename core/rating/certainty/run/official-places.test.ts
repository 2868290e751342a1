import { expect, test } from 'vitest'
import { inputOf } from '../example-input.ts'
import { inOfficialPlaces } from './official-places.ts'

const numbers = (places: number[]) => ({
  input: inputOf({ rows: places.map((place) => [-place]) }),
  teacherIds: [...places.keys()],
  leagues: ['all'],
  official: { places: Int32Array.from(places), totals: new Float64Array(places.length) },
})
const ranks = (lower: number[], median: number[], upper: number[]) => ({
  lower: Int32Array.from(lower),
  median: Int32Array.from(median),
  upper: Int32Array.from(upper),
})
const ranking = (ties: 'shared' | 'dense') => ({ ranking: { ties, tieBreakers: [], tiedWithin: null } })

test('ranks are places where ties skip places; a rank that was never drawn stays nothing', () => {
  const given = ranks([1, 1, 2, 0], [1, 2, 4, 0], [2, 3, 4, 0])
  expect(inOfficialPlaces(numbers([1, 2, 2, 4]), given, ranking('shared'))).toEqual(given)
})

test('where places are dense the fourth of 1 2 2 3 is third', () => {
  const given = ranks([1, 1, 2, 3], [1, 2, 2, 4], [1, 3, 4, 4])
  expect(inOfficialPlaces(numbers([1, 2, 2, 3]), given, ranking('dense'))).toEqual(
    ranks([1, 1, 2, 2], [1, 2, 2, 3], [1, 2, 3, 3]),
  )
})

test('an interval holds the official place, also where another rule than totals gave it', () => {
  const given = ranks([1, 1], [1, 1], [1, 1])
  expect(inOfficialPlaces(numbers([1, 2]), given, ranking('shared')).upper).toEqual(Int32Array.of(1, 2))
})
