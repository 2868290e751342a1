import { regulationDocumentSchema } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { emptyValue, fieldsFor, readDecimal, readInteger, startValue, variantOf } from './node-values.ts'
import type { SchemaNode, VariantsNode } from './schema-node.ts'
import { regulationNode } from './test-document.ts'

const part = (name: string) => regulationNode.fields.find((field) => field.name === name)!.node
const itemOf = (node: SchemaNode) => (node.control === 'list' ? node.item : node)
const fieldOf = (node: SchemaNode, name: string) =>
  fieldsFor(node, {}).find((field) => field.name === name)!.node
const criterion = itemOf(part('criteria'))
const rule = fieldOf(criterion, 'points') as VariantsNode

test('a new criterion has every default, and nothing is made up: what must be written is empty', () => {
  expect(emptyValue(criterion)).toMatchObject({
    id: '',
    title: { kk: '', ru: '', en: '' },
    indicator: '',
    where: [],
    cap: null,
    split: null,
    whose: 'own',
    points: { kind: 'per-unit', points: '' },
  })
})

test('once what is asked for is written, a new clause of any list has the form of one', () => {
  const text = { kk: 'a', ru: 'a', en: 'a' }
  const filled = { ...(emptyValue(itemOf(part('norms'))) as object), id: 'N', title: text }
  expect(regulationDocumentSchema.shape.norms.safeParse([filled]).success).toBe(true)
})

test('a value of another kind keeps what both kinds have', () => {
  const table = { kind: 'table', by: 'place', points: { 1: '70' }, whenUnknown: '0', otherwise: '5' }
  expect(variantOf(rule, 'tiers', table)).toEqual({
    kind: 'tiers',
    of: '',
    tiers: [{ from: null, to: null, fromInclusive: true, toInclusive: true, points: '' }],
    otherwise: '5',
    whenUnknown: '0',
  })
  // Points of a table are rows, points of a unit are a number: nothing is carried over.
  expect(variantOf(rule, 'per-unit', table)).toEqual({ kind: 'per-unit', points: '' })
})

test('what may be nothing begins with something once it is asked for', () => {
  expect(emptyValue(fieldOf(criterion, 'split'))).toBeNull()
  expect(startValue(fieldOf(criterion, 'split'))).toEqual({ kind: 'equal' })
  expect(startValue(fieldOf(criterion, 'demands'))).toEqual({ kk: '', ru: '', en: '' })
})

test('numbers are read as people write them, digits stay as written, what is none stays as typed', () => {
  expect(['1 234,50', '-0.10', '\u22125', '1.', 'x', ''].map(readDecimal)).toEqual([
    '1234.50',
    '-0.10',
    '-5',
    '1.',
    'x',
    '',
  ])
  expect(['12', '1,5', 'two'].map(readInteger)).toEqual([12, '1,5', 'two'])
})
