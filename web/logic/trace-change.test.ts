import type { TraceLine } from '@ustaz/core/contract'
import { expect, test } from 'vitest'
import { changedLines, differenceOfTotals } from './trace-change.ts'

const title = { kk: 'x', ru: 'x', en: 'x' }
const line = (
  clause: string,
  amount: string,
  factNo: number | null = 1,
  kind: TraceLine['kind'] = 'points',
): TraceLine => ({
  lineNo: 1,
  kind,
  area: 'A',
  clause,
  clauseTitle: title,
  factTeacher: null,
  amount,
  fact:
    factNo === null
      ? null
      : {
          factNo,
          indicator: 'books.book',
          happenedOn: '2026-01-01',
          quantity: '1',
          role: null,
          participants: 1,
          share: null,
          attributes: {},
          evidenceId: factNo,
          evidenceTitle: null,
        },
})
const brief = (before: TraceLine[], after: TraceLine[]) =>
  changedLines(before, after).map(({ line: one, before: was, after: is, difference }) => [
    one.clause,
    was,
    is,
    difference,
  ])

test('lines are the same by clause, kind and fact; those that change most come first', () => {
  const before = [line('1', '45'), line('2', '10', 2), line('3', '7', 3)]
  const after = [line('1', '50.5'), line('2', '10.00', 2), line('4', '100', 4)]
  expect(brief(before, after)).toEqual([
    ['4', null, '100', '100'],
    ['3', '7', null, '-7'],
    ['1', '45', '50.5', '5.5'],
  ])
})

test('a line of 0 points that comes or goes is a change: the fact counts, or does not', () => {
  expect(brief([], [line('1', '0')])).toEqual([['1', null, '0', '0']])
})

test('the same fact under another clause is two changes, and a cap is one of its own', () => {
  expect(brief([line('1', '10')], [line('2', '10')])).toHaveLength(2)
  expect(brief([line('1', '-5', null, 'cap')], [line('1', '-6', null, 'cap')])).toEqual([
    ['1', '-5', '-6', '-1'],
  ])
})

test('totals differ exactly, and not at all where one is unknown', () => {
  expect(differenceOfTotals('0.1', '0.3')).toBe('0.2')
  // Without zeros at the end, however many digits both have.
  expect(differenceOfTotals('1431.5512345', '1454.0512345')).toBe('22.5')
  expect(differenceOfTotals('1431.5512345', '1431.5512345')).toBe('0')
  expect(differenceOfTotals(null, '5')).toBeNull()
})
