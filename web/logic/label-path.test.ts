import { expect, test } from 'vitest'
import { labelSteps } from './label-path.ts'
import { regulationNode } from './test-document.ts'

const document = {
  title: { kk: 'a', ru: 'b', en: 'c' },
  criteria: [{ id: '1.2', points: { kind: 'tiers', tiers: [{ points: '1' }] } }],
  norms: [{ id: '', byPosition: { professor: '5' } }],
}
const steps = (...path: (string | number)[]) =>
  labelSteps(regulationNode, path, document).map((step) =>
    step.kind === 'field'
      ? `${step.part ?? ''}.${step.field}`
      : step.kind === 'item'
        ? (step.id ?? `#${step.number}`)
        : step.kind === 'row'
          ? `row ${step.key}`
          : step.language,
  )

test('a place is told by the names of its parts, clauses by their ids', () => {
  expect(steps('criteria', 0, 'points', 'tiers', 0, 'points')).toEqual([
    'regulation.criteria',
    '1.2',
    'criterion.points',
    'rule.tiers',
    '#1',
    'tier.points',
  ])
  expect(steps('title', 'ru')).toEqual(['regulation.title', 'ru'])
  expect(steps('norms', 0, 'byPosition', 'professor')).toEqual([
    'regulation.norms',
    '#1',
    'norm.byPosition',
    'row professor',
  ])
})

test('a field that nobody knows is still a field', () => {
  expect(steps('criteria', 0, 'bogus')).toEqual(['regulation.criteria', '1.2', 'criterion.bogus'])
})
