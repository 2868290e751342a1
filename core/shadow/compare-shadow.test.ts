import { expect, it } from 'vitest'
import { compareShadow } from './compare-shadow.ts'
import type { ShadowEntry } from './compare-shadow.ts'

const entry = (code: string, old: Partial<ShadowEntry>, fresh: Partial<ShadowEntry>): ShadowEntry => ({
  code,
  teacherId: 1,
  name: code,
  oldLeague: null,
  oldPlace: null,
  oldTotal: null,
  league: 'L',
  status: 'ranked',
  place: null,
  total: null,
  ...old,
  ...fresh,
})

it('compares who is ranked in both, counting their places anew among themselves', () => {
  const { rows, leagues } = compareShadow(
    [
      entry('a', { oldPlace: 1 }, { place: 4 }),
      entry('gone', { oldPlace: 2 }, { status: 'blocked' }),
      entry('b', { oldPlace: 3 }, { place: 2 }),
      entry('c', { oldPlace: 4 }, { place: 3 }),
      entry('new', {}, { place: 1 }),
      entry('unknown', { oldPlace: 5 }, { teacherId: null, league: null, status: null }),
    ],
    ['L', 'empty'],
  )
  expect(rows.map(({ code, part, move }) => [code, part, move])).toEqual([
    ['a', 'both', 2],
    ['gone', 'old', null],
    ['b', 'both', -1],
    ['c', 'both', -1],
    ['new', 'new', null],
    ['unknown', 'old', null],
  ])
  // Old order a b c, new order b c a: one pair of three in the same order, two turned round.
  expect(leagues).toEqual([
    {
      league: 'L',
      count: 3,
      oldOrder: 'place',
      spearman: -0.5,
      kendall: -1 / 3,
      rose: 2,
      fell: 1,
      kept: 0,
      medianMove: 1,
    },
  ])
})

it('takes totals where places of two old leagues would not compare, and says so where there are none', () => {
  const two = (oldTotals: (string | null)[]) => [
    entry('a', { oldLeague: 'X', oldPlace: 1, oldTotal: oldTotals[0]! }, { place: 1 }),
    entry('b', { oldLeague: 'Y', oldPlace: 1, oldTotal: oldTotals[1]! }, { place: 2 }),
  ]
  expect(compareShadow(two(['10', '30.5']), ['L']).leagues[0]).toMatchObject({
    oldOrder: 'total',
    spearman: -1,
    kendall: -1,
  })
  expect(compareShadow(two(['10', null]), ['L']).leagues[0]).toMatchObject({
    oldOrder: null,
    spearman: null,
    medianMove: null,
    count: 2,
  })
})
