import { criterionSchema } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { criterionWords } from './criterion.ts'
import { plainRules as plain } from './test-vocabulary.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
const criterion = (rest: object) =>
  criterionSchema.parse({
    id: '1',
    area: 'K1',
    title,
    unit: 'item',
    indicator: 'methodical.textbook',
    ...rest,
  })

test('a textbook: 45 per printed sheet, shared equally, at least 2.5 sheets per author', () => {
  const phrases = criterionWords(
    criterion({
      points: { kind: 'per-value', of: 'sheets', points: '45' },
      split: { kind: 'equal', minimum: { of: 'sheets', perParticipant: '2.5' } },
    }),
    plain,
  )
  expect(phrases).toEqual([
    { key: 'rule.perValue', params: { points: '45', per: '1', value: '<sheets>' } },
    { key: 'rule.splitEqual', params: {} },
    { key: 'rule.minimum', params: { minimum: '2.5', value: '<sheets>' } },
  ])
})

test('quartiles: a table in which an unlisted value blocks', () => {
  const phrases = criterionWords(
    criterion({
      points: {
        kind: 'table',
        by: 'quartile',
        points: { Q1: '200', Q2: '150' },
        otherwise: 'block',
        whenUnknown: '50',
      },
    }),
    plain,
  )
  expect(phrases.map(({ key }) => key)).toEqual(['rule.table', 'rule.otherwiseBlock', 'rule.unknownPoints'])
  expect(phrases[0]?.params['list']).toBe('Q1\u00a0\u2014 200; Q2\u00a0\u2014 150')
})

test('tiers show closed ranges with a dash and open ones with a sign', () => {
  const [phrase] = criterionWords(
    criterion({
      points: {
        kind: 'tiers',
        of: 'percent',
        tiers: [
          { from: '80', to: '95', points: '1' },
          { from: '95', to: null, fromInclusive: false, points: '2' },
        ],
      },
    }),
    plain,
  )
  expect(phrase?.params['list']).toBe('80\u201395\u00a0\u2014 1; >\u00a095\u00a0\u2014 2')
})

test('whole blocks, a threshold, a cap and conditions are said', () => {
  const phrases = criterionWords(
    criterion({
      points: { kind: 'per-value', of: 'count', points: '3', per: '10', wholeBlocks: true, above: '20' },
      cap: '150',
      where: [
        { value: 'level', is: ['national', 'city'] },
        { value: 'year', atLeast: '2' },
      ],
    }),
    plain,
  )
  expect(phrases.map(({ key }) => key)).toEqual([
    'rule.perBlock',
    'rule.wholeBlocks',
    'rule.above',
    'rule.cap',
    'rule.where',
  ])
  expect(phrases.at(-1)?.params['list']).toBe('<level>: national, city; <year> \u2265\u00a02')
})
