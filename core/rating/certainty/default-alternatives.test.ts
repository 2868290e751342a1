import { expect, test } from 'vitest'
import { aggregationSchema, normalisationSchema } from '../../contract/regulation/composite.ts'
import { defaultAlternatives } from './default-alternatives.ts'

const alternatives = (normalisation: Record<string, unknown>, aggregation: Record<string, unknown>) =>
  defaultAlternatives(normalisationSchema.parse(normalisation), aggregationSchema.parse(aggregation))

test('points as they are: the same points with outliers drawn in', () => {
  const [only, ...others] = alternatives({}, { method: 'sum' })
  expect(others).toEqual([])
  expect(only!.areas).toMatchObject({
    method: 'none',
    winsorise: { lower: '0', upper: '95' },
    within: 'league',
  })
})

test('scales of one family stand for each other, with the steps around them kept; other areas stay', () => {
  const post = { method: 'goalposts', low: '0', high: '10' }
  const found = alternatives(
    { areas: { method: 'min-max', factor: '100', log: 'log1p' }, byArea: { B: post } },
    { method: 'arithmetic' },
  )
  expect(found.map(({ areas }) => [areas.method, areas.factor, areas.log])).toEqual([
    ['share-of-maximum', '100', 'log1p'],
    ['rank', '100', 'log1p'],
  ])
  for (const { byArea } of found) expect(byArea.B).toMatchObject(post)
  expect(alternatives({ areas: { method: 'z' } }, { method: 'sum' }).map(({ areas }) => areas.method)).toEqual(['robust-z']) // prettier-ignore
  expect(alternatives({ areas: post }, { method: 'sum' })).toEqual([])
})

test('where a zero blocks, no scale is proposed that gives the last a zero', () => {
  const methods = (aggregation: Record<string, unknown>) =>
    alternatives({ areas: { method: 'rank' } }, aggregation).map(({ areas }) => areas.method)
  expect(methods({ method: 'geometric' })).toEqual(['share-of-maximum'])
  expect(methods({ method: 'geometric', whenZero: 'zero' })).toEqual(['min-max', 'share-of-maximum'])
})
