import type { EvidenceKindInfo } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { attributesForm, blankFact, countedKinds, factFaults } from './added-fact.ts'
import { fullDocuments } from './test-document.ts'

const kind = {
  schema: {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' }, open: { type: 'boolean', default: false } },
  },
} as unknown as EvidenceKindInfo
const attributes = { properties: { title: { type: 'string' }, quartile: { type: 'integer' } } }

test('the form asks what people enter and what is looked up for them, and demands what the kind demands', () => {
  const form = attributesForm(kind, attributes)
  expect(Object.keys(form['properties'] as object)).toEqual(['title', 'quartile', 'open'])
  expect(form['required']).toEqual(['title'])
  expect(attributesForm(null, attributes)).toBe(attributes)
})

test('of a new fact nothing is known but what the schema says by itself', () => {
  expect(blankFact('test.work', attributesForm(kind, attributes))).toMatchObject({
    indicator: 'test.work',
    quantity: '1',
    participants: 1,
    attributes: { title: null, quartile: null, open: false },
  })
})

test('faults of the answer stand beside the fields of the fact', () => {
  const faults = factFaults([
    { path: '/corrections/0/fact/attributes/title', message: 'missing' },
    { path: '/corrections/0/fact/happenedOn', message: 'no day' },
    { path: '/corrections/0/fact/indicator', message: 'not counted' },
  ])
  expect(faults).toMatchObject({ data: { title: 'missing' }, happenedOn: 'no day', other: ['not counted'] })
})

test('every kind that criteria count is there once, and known to be judged where one of them judges it', () => {
  const document = fullDocuments()[0]!
  const [first] = document.criteria
  const judged = document.criteria.find(({ points }) => points.kind === 'expert')!
  const kinds = countedKinds({ ...document, criteria: [first!, { ...judged, indicator: first!.indicator }] })
  expect(kinds).toEqual([{ indicator: first!.indicator, isJudged: true }])
})
