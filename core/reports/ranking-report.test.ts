import { expect, test } from 'vitest'
import { exampleRules } from '../rating/example-rules.ts'
import type { StoredRankingRow } from '../rating/results/ranking.ts'
import { rankingReport } from './ranking-report.ts'

const run = { id: 7, snapshotId: 1, document: exampleRules({ areas: { A: {} }, criteria: { a: 'A' } }) }
const row = (place: number | null, certainty: StoredRankingRow['certainty']): StoredRankingRow => ({
  ...{ teacherId: 1, code: 'T', familyName: 'A', givenName: 'B', patronymic: null, departmentId: 1 },
  ...{ facultyId: null, position: null, degree: null, rate: '1', league: 'all', status: 'ranked' },
  ...{ reasons: [], total: '5', place, band: null, certainty, areas: { A: '5' }, money: null, notes: [] },
})
const report = (rows: StoredRankingRow[]) =>
  rankingReport(run, rows, { units: new Map(), positions: new Map() } as never, 'en')

test('says from which place to which somebody may stand, and among whom no order is established', () => {
  const { columns, rows } = report([row(1, { lower: 1, upper: 4, band: 2 }), row(null, null)])
  expect(columns.slice(-3)).toEqual(['Place from (90 %)', 'Place to (90 %)', 'Group of equals'])
  expect(rows.map((cells) => cells.slice(-3))).toEqual([
    [1, 4, 2],
    [null, null, null],
  ])
})

test('has no columns of what nobody assessed', () => {
  expect(report([row(1, null)]).columns.join()).not.toContain('90 %')
})
