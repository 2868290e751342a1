import { expect, test } from 'vitest'
import { inputOf } from '../example-input.ts'
import { inOfficialPlaces } from './official-places.ts'

const numbers = (places: number[], limits: readonly number[] = []) => ({
  input: inputOf({ rows: places.map((place) => [-place]) }),
  teacherIds: [...places.keys()],
  leagues: ['all'],
  official: { places: Int32Array.from(places), totals: new Float64Array(places.length) },
  notAbove: Int32Array.from(places, (_, row) => limits[row] ?? 1),
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

test('who does not meet a requirement stands on no place above its limit', () => {
  const given = ranks([1, 1, 2], [1, 1, 3], [2, 2, 3])
  const found = inOfficialPlaces(numbers([3, 1, 2], [3]), given, ranking('shared'))
  expect([found.lower[0], found.median[0], found.upper[0]]).toEqual([3, 3, 3])
  expect([found.lower[1], found.median[1], found.upper[1]]).toEqual([1, 1, 2])
})
