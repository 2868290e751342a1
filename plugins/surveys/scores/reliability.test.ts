import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reliabilityOf } from './reliability.ts'

/** 2,800 people, five questions (fixtures/README.md). */
const agreeable = readFileSync(new URL('fixtures/bfi-agree.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => [...line].map((sign, question) => (sign === '-' ? null : turn(Number(sign), question))))

/** The first question is the only reversed one. */
function turn(answer: number, question: number): number {
  return question === 0 ? 7 - answer : answer
}

test('is what the R package psych finds for a scale of the Big Five', () => {
  const found = reliabilityOf(agreeable)
  // psych prints alpha .70 for Agree; the further digits are those of its formula on the same data.
  expect(found.complete).toBe(2709)
  expect(found.alpha).toBeCloseTo(0.70375589437, 10)
  expect(found.pairwise).toBeCloseTo(0.70301844606, 10)
  expect(found.standardised).toBeCloseTo(0.71265944093, 10)
})

test('by hand: two questions, variances 1 and 1, covariance one half', () => {
  const sheets = [
    [1, 1],
    [2, 3],
    [3, 2],
  ]
  // 2 / 1 x (1 - 2 / 3)
  expect(reliabilityOf(sheets).alpha).toBeCloseTo(2 / 3, 12)
  expect(reliabilityOf(sheets).standardised).toBeCloseTo(2 / 3, 12)
  // Weights 2 and 1: variances 4 and 1, covariance 1; 2 x (1 - 5 / 7)
  expect(reliabilityOf(sheets, [2, 1]).alpha).toBeCloseTo(4 / 7, 12)
})

test('is unknown of one question, of one person, and where nothing varies', () => {
  const unknown = { alpha: null, pairwise: null, standardised: null }
  expect(reliabilityOf([[1], [2], [3]])).toMatchObject(unknown)
  expect(reliabilityOf([[1, 2]])).toMatchObject({ ...unknown, complete: 1 })
  expect(
    reliabilityOf([
      [3, 3],
      [3, 3],
    ]),
  ).toMatchObject({ ...unknown, complete: 2 })
  expect(reliabilityOf([])).toMatchObject({ ...unknown, complete: 0 })
})

test('who left out a question counts for the others', () => {
  const found = reliabilityOf([
    [1, 1],
    [2, 3],
    [3, 2],
    [null, 5],
  ])
  expect(found.complete).toBe(3)
  expect(found.pairwise).not.toBe(found.alpha)
})
