import { expect, test } from 'vitest'
import type { TraceLine } from '../contract/resources/runs.ts'
import { criterionInput, exampleDocument } from '../regulation/example-document.ts'
import { lastingEntries } from './lasting-entries.ts'

const period = { from: '2025-09-01', to: '2026-08-31' }
const document = exampleDocument({
  criteria: [
    criterionInput('three-years', { window: { years: 3 } }),
    criterionInput('one-year', { indicator: 'test.course' }),
  ],
})
const title = { kk: 'x', ru: 'x', en: 'x' }

function line(clause: string, happenedOn: string, changes: Partial<TraceLine> = {}): TraceLine {
  const fact = { factNo: 1, indicator: 'test.book', happenedOn, quantity: '1', role: null, participants: 1, share: null, attributes: {}, evidenceId: 7, evidenceTitle: 'A' } // prettier-ignore
  return {
    lineNo: 1,
    kind: 'points',
    area: 'A1',
    clause,
    clauseTitle: title,
    amount: '5',
    fact,
    factTeacher: null,
    ...changes,
  }
}

test('what a clause counts over several years is named with the last day on which it does', () => {
  const lines = [
    line('three-years', '2025-10-01'),
    line('three-years', '2023-10-01'),
    line('one-year', '2025-10-01'),
  ]
  expect(
    lastingEntries(lines, document, period).map(({ evidenceId, clause, until }) => [
      evidenceId,
      clause,
      until,
    ]),
  ).toEqual([
    [7, 'three-years', '2028-08-31'],
    [7, 'three-years', '2026-08-31'],
  ])
})

test('lines about no entry, about others and about what was done to points are passed over', () => {
  const factTeacher = { teacherId: 1, code: 'a', familyName: 'A', givenName: 'A', patronymic: null }
  const lines = [
    line('three-years', '2025-10-01', { kind: 'cap' }),
    line('three-years', '2025-10-01', { fact: null }),
    line('three-years', '2025-10-01', { factTeacher }),
  ]
  expect(lastingEntries(lines, document, period)).toEqual([])
})
