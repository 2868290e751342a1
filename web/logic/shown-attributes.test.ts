import { criterionSchema } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { shownAttributes } from './shown-attributes.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
const article = criterionSchema.parse({
  ...{ id: '2.2.1', area: 'K2', title, unit: 'item', indicator: 'publications.work' },
  where: [{ value: 'index', is: ['scopus'] }],
  points: { kind: 'table', by: 'quartile', points: { Q1: '200' } },
})
const fact = {
  title: 'On soils',
  quartile: null,
  volume: null,
  index: 'scopus',
  authors: [{ family: 'A' }],
  issns: [],
}

test('what the clause asks about is shown even where it is unknown', () => {
  expect(shownAttributes(fact, article).map(([name]) => name)).toEqual(['title', 'quartile', 'index'])
})

test('without the clause only what is known is shown', () => {
  expect(shownAttributes(fact, null).map(([name]) => name)).toEqual(['title', 'index'])
})
