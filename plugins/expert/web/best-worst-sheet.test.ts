import { expect, test } from 'vitest'
import { emptyAnswer } from '../contract.ts'
import type { BestWorstAnswer } from '../contract.ts'
import { compare, nameBest, nameWorst } from './best-worst-sheet.ts'

const empty = emptyAnswer('best-worst') as BestWorstAnswer
const whole: BestWorstAnswer = {
  method: 'best-worst',
  best: 'A',
  worst: 'C',
  bestToOthers: { B: 2, C: 4 },
  othersToWorst: { B: 3 },
}

test('an answer grows from the two that are named to all comparisons', () => {
  const named = nameWorst(nameBest(empty, 'A'), 'C')
  const given = compare(compare(compare(named, 'best-to', 'B', 2), 'best-to', 'C', 4), 'to-worst', 'B', 3)
  expect(given).toEqual(whole)
  expect(compare(given, 'best-to', 'B', null).bestToOthers).toEqual({ C: 4 })
})

test('another best one takes back what was compared with the old one, and only that', () => {
  expect(nameBest(whole, 'B')).toEqual({ ...whole, best: 'B', bestToOthers: {}, othersToWorst: {} })
  expect(nameBest({ ...whole, othersToWorst: { B: 3, D: 2 } }, 'B').othersToWorst).toEqual({ D: 2 })
})

test('another worst one takes back what was compared with the old one', () => {
  expect(nameWorst(whole, 'B')).toEqual({ ...whole, worst: 'B', othersToWorst: {} })
})

test('the same area is never both', () => {
  expect(nameBest(whole, 'C')).toMatchObject({ best: 'C', worst: null, othersToWorst: {} })
  expect(nameWorst(whole, 'A')).toMatchObject({ best: null, worst: 'A', bestToOthers: {} })
})
