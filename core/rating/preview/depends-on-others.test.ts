import { expect, it } from 'vitest'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { criterionInput, exampleDocument } from '../../regulation/example-document.ts'
import { dependsOnOthers } from './depends-on-others.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
const rollUp = { id: 'R', title, area: 'A1', from: ['A1'], statistic: 'mean', weight: '0.1' }
const money = { id: 'M', title, currency: 'KZT' }

it.each<[string, Record<string, unknown>, string[]]>([
  ['points, caps, norms', {}, []],
  ['facts of the staff', { criteria: [criterionInput('S', { whose: 'staff' })] }, ['S']],
  ['roll-ups', { rollUps: [rollUp] }, ['R']],
  ['bands by the part of the league', { bandsBy: 'league-percent' }, ['B1']],
  ['a fund that is divided', { money: { ...money, kind: 'fund', amount: '1000' } }, ['M']],
  ['a scale made from the league', { normalisation: { byArea: { A1: { method: 'z' } } } }, ['A1']],
  ['goalposts', { normalisation: { areas: { method: 'goalposts', low: '0', high: '9' } } }, []],
  ['a mean of areas', { aggregation: { method: 'harmonic' } }, []],
  ['counts of whom one beats', { aggregation: { method: 'copeland' } }, ['aggregation']],
  ['money by a base of one’s own', { money: { ...money, kind: 'base', base: '1', rates: {} } }, []],
])('%s', (_, changes, expected) => {
  expect(dependsOnOthers(exampleDocument(changes), { needs: 'nothing' })).toEqual(expected)
})

it('weights that come from the scores of all depend on all', () => {
  const document: RegulationDocument = exampleDocument()
  expect(dependsOnOthers(document, { needs: 'scores' })).toEqual(['test.shares'])
  expect(dependsOnOthers(document, { needs: 'positions' })).toEqual([])
})
