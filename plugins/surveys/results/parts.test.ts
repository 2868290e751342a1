import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partsOf, shownQuestions } from './parts.ts'
import type { CellCounts } from './parts.ts'

const cell = (id: number, answers: number, ...answered: number[]): CellCounts => ({
  id,
  answers,
  answered: answered.length > 0 ? answered : [answers],
})

test('groups with enough answers stand alone, the others together', () => {
  const cells = [cell(1, 9), cell(2, 3), cell(3, 2), cell(4, 0)]
  expect(partsOf(cells, 5)).toEqual([{ cells: [1] }, { cells: [2, 3] }])
})

test('a rest of too few takes the smallest shown group along, so that the difference to the whole tells nothing', () => {
  expect(partsOf([cell(1, 9), cell(2, 7), cell(3, 4)], 5)).toEqual([{ cells: [1] }, { cells: [2, 3] }])
  expect(partsOf([cell(1, 5), cell(2, 1)], 5)).toEqual([{ cells: [1, 2] }])
})

test('below the threshold altogether there is nothing', () => {
  expect(partsOf([cell(1, 2), cell(2, 2)], 5)).toBeNull()
  expect(partsOf([], 5)).toBeNull()
})

test('a question that few answered in a group hides the group, and one that few answered at all hides itself', () => {
  const few = [cell(1, 9, 9, 2), cell(2, 9, 9, 8)]
  expect(partsOf(few, 5)).toEqual([{ cells: [1, 2] }])
  const hardlyAny = [cell(1, 9, 9, 2), cell(2, 9, 9, 1)]
  expect(shownQuestions(hardlyAny, 5)).toEqual([true, false])
  expect(partsOf(hardlyAny, 5)).toEqual([{ cells: [1] }, { cells: [2] }])
})

/** What is shown of one teacher: for each figure the cells that it is the sum of. */
function shownSets(cells: readonly CellCounts[], threshold: number): number[][] {
  const parts = partsOf(cells, threshold)
  return parts ? [cells.map(({ id }) => id), ...parts.map((part) => part.cells)] : []
}

/** Every sum of cells that adding and subtracting shown figures gives, by brute force. */
function derivedSets(sets: readonly number[][], count: number): number[][] {
  let sums = [Array.from({ length: count }, () => 0)]
  for (const set of sets) {
    sums = sums.flatMap((sum) =>
      [-1, 0, 1].map((sign) => sum.map((value, id) => value + (set.includes(id) ? sign : 0))),
    )
  }
  const whole = sums.filter((sum) => sum.every((value) => value === 0 || value === 1))
  return whole.map((sum) => sum.flatMap((value, id) => (value === 1 ? id : [])))
}

const manyCells = fc
  .array(fc.tuple(fc.nat(12), fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map(([answers, a, b], id) => {
      return { id, answers, answered: [a, b].map((part) => Math.round((part / 100) * answers)) }
    }),
  )

test('no adding and subtracting of what is shown leads to fewer people than the threshold, of any question', () => {
  fc.assert(
    fc.property(manyCells, fc.integer({ min: 2, max: 8 }), (cells, threshold) => {
      const shown = shownQuestions(cells, threshold)
      const people = (set: readonly number[], of: (cell: CellCounts) => number) =>
        set.reduce((sum, id) => sum + of(cells[id]!), 0)
      for (const set of derivedSets(shownSets(cells, threshold), cells.length)) {
        const counts = [
          people(set, ({ answers }) => answers),
          ...shown.flatMap((isShown, question) =>
            isShown ? people(set, ({ answered }) => answered[question]!) : [],
          ),
        ]
        for (const count of counts) if (count > 0 && count < threshold) return false
      }
      return true
    }),
    { numRuns: 3000 },
  )
})

test('nobody is left out of what is shown, and nothing is shown twice', () => {
  fc.assert(
    fc.property(manyCells, fc.integer({ min: 2, max: 8 }), (cells, threshold) => {
      const parts = partsOf(cells, threshold)
      const filled = cells.filter(({ answers }) => answers > 0).map(({ id }) => id)
      const isEnough = cells.reduce((sum, { answers }) => sum + answers, 0) >= threshold
      if (!parts) return !isEnough
      return isEnough && JSON.stringify(parts.flatMap((part) => part.cells).sort()) === JSON.stringify(filled)
    }),
  )
})
