import { expect, test } from 'vitest'
import { criterionInput, exampleDocument } from '../../regulation/example-document.ts'
import { supposeFact } from './suppose-fact.ts'
import type { Measure, ValueKinds } from './suppose-fact.ts'

const kinds: ValueKinds = {
  typeOf: (name) => (name === 'place' || name === 'sheets' ? 'number' : name === 'graded' ? 'flag' : 'text'),
  choicesOf: (name) => (name === 'country' ? ['KZ', 'DE'] : null),
  firstRole: 'author',
}
const day = '2026-08-31'

function suppose(changes: Record<string, unknown>, measure: Measure = 'least') {
  const document = exampleDocument({ criteria: [criterionInput('S', changes)] })
  return supposeFact(document.criteria[0]!, document, kinds, { day, measure })
}

test('conditions are fulfilled by the values they name', () => {
  const where = [
    { value: 'level', is: ['national', 'international'] },
    { value: 'graded', is: [true] },
    { value: 'country', isNot: ['KZ'] },
    { value: 'city', isNot: ['Astana'] },
    { value: 'sheets', above: '2.5' },
    { value: 'participants', atLeast: '2' },
  ]
  expect(suppose({ where })).toMatchObject({
    happenedOn: day,
    role: 'author',
    attributes: { level: 'national', graded: true, country: 'DE', city: '-', sheets: 3.5 },
  })
})

test('of a table, tiers or a range the row with fewest points that gives any, and the one with most', () => {
  const table = { points: { kind: 'table', by: 'place', points: { '1': '70', '2': '50', '3': '0' } } }
  expect(suppose(table).attributes).toEqual({ place: 2 })
  expect(suppose(table, 'most').attributes).toEqual({ place: 1 })
  const tiers = [
    { from: '1', to: '5', points: '10' },
    { from: '5', fromInclusive: false, to: null, points: '20' },
  ]
  expect(suppose({ points: { kind: 'tiers', of: 'sheets', tiers } }).attributes).toEqual({ sheets: 1 })
  expect(suppose({ points: { kind: 'tiers', of: 'sheets', tiers } }, 'most').attributes).toEqual({
    sheets: 6,
  })
  const expert = { points: { kind: 'expert', from: '5', to: '30' } }
  expect([suppose(expert).expertPoints, suppose(expert, 'most').expertPoints]).toEqual(['5', '30'])
})

test('a value is one block beyond where counting begins', () => {
  const points = { kind: 'per-value', of: 'sheets', points: '45', per: '0.5', above: '20' }
  expect(suppose({ points }).attributes).toEqual({ sheets: 20.5 })
})

test('a column is chosen within the row that a condition fixes', () => {
  const points = {
    kind: 'table',
    by: 'level',
    column: 'field',
    points: { a: { x: '1', y: '2' }, b: { x: '9', y: '8' } },
  }
  const where = [{ value: 'level', is: ['a'] }]
  expect(suppose({ where, points }, 'most').attributes).toEqual({ level: 'a', field: 'y' })
})
