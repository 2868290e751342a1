import { expect, test } from 'vitest'
import { rankingFilter } from './ranking-filter.ts'

test('an empty address asks for the totals from the top', () => {
  expect(rankingFilter({})).toEqual({ sort: 'total', direction: 'desc' })
})

test('names are sorted upwards unless the address says otherwise', () => {
  expect(rankingFilter({ sort: 'name' }).direction).toBe('asc')
  expect(rankingFilter({ sort: 'name', direction: 'desc' }).direction).toBe('desc')
})

test('a status or unit that cannot be is not asked for', () => {
  expect(rankingFilter({ status: 'gone', unit: 'x' })).toEqual({ sort: 'total', direction: 'desc' })
  expect(rankingFilter({ status: 'blocked', unit: '12' })).toMatchObject({ status: 'blocked', unit: 12 })
})
