import type { TraceLine } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { sumOf, traceGroups } from './trace-groups.ts'

const line = (lineNo: number, area: string | null, clause: string, amount: string): TraceLine => ({
  lineNo,
  kind: area === null ? 'norm' : 'points',
  area,
  clause,
  clauseTitle: { kk: clause, ru: clause, en: clause },
  amount,
  fact: null,
  factTeacher: null,
})

// A textbook of 12.5 sheets by three authors, a Q1 article, the norm of a lecturer: 187.5 + 200 - 500 = -112.5.
const lines = [
  line(1, 'K2', '2.2.1', '200'),
  line(2, 'K1', '1.2.1', '562.5'),
  line(3, 'K1', '1.2.1', '-375'),
  line(4, null, 'K6', '-500'),
]

test('areas come in the order of the regulation, what has none comes last', () => {
  expect(traceGroups(lines, ['K1', 'K2']).map(({ area, sum }) => [area, sum])).toEqual([
    ['K1', '187.5'],
    ['K2', '200'],
    [null, '-500'],
  ])
})

test('lines of one clause stand together with their sum', () => {
  const [first] = traceGroups(lines, ['K1', 'K2'])
  expect(first?.clauses).toMatchObject([
    { clause: '1.2.1', sum: '187.5', lines: [{ lineNo: 2 }, { lineNo: 3 }] },
  ])
})

test('what a coefficient or a list changes stands with the clause that counted the fact', () => {
  const changed = [
    line(1, 'K1', '1.1', '100'),
    { ...line(2, 'K1', 'quartile', '50'), kind: 'factor' as const },
    { ...line(3, 'K1', 'best-two', '-150'), kind: 'keep' as const },
    line(4, 'K1', '1.2', '10'),
  ]
  expect(traceGroups(changed, ['K1'])[0]?.clauses).toMatchObject([
    { clause: '1.1', sum: '0', lines: [{ lineNo: 1 }, { lineNo: 2 }, { lineNo: 3 }] },
    { clause: '1.2', sum: '10' },
  ])
})

test('all lines add up to the total', () => {
  expect(sumOf(lines)).toBe('-112.5')
})
