import { expect, test } from 'vitest'
import type { Cell } from './cells.ts'
import { rawErrorOf } from './raw-error.ts'

const none = { teacher: 1, department: null, group: null, student: null }

test('by hand: noise by answers, groups and students by how evenly answers are spread over them', () => {
  const cells = [cell('a', null, 6), cell('b', null, 2)]
  expect(rawErrorOf(cells, { ...none, answer: 8 })).toBe(1)
  // 8 / 8 + 2 x (36 + 4) / 64
  expect(rawErrorOf(cells, { ...none, answer: 8, group: 2 })).toBeCloseTo(1.5, 12)
  // The same two students: each has half of the answers. 4 / 4 + 4 x (1 / 4 + 1 / 4)
  const linked = [cell(null, 's', 1), cell(null, 't', 1), cell(null, 's', 1), cell(null, 't', 1)]
  expect(rawErrorOf(linked, { ...none, answer: 4, student: 4 }) ** 2).toBeCloseTo(3, 12)
})

test('of one answer it is all that varies but the teacher', () => {
  const error = rawErrorOf([cell('a', 's', 1)], { ...none, answer: 5, group: 3, student: 1 })
  expect(error).toBe(3)
})

function cell(group: string | null, student: string | null, count: number): Cell {
  return { teacher: 't', department: null, group, student, count, sum: 3 * count, squares: 9 * count }
}
