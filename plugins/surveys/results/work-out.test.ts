import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeCount } from '../questions/places.ts'
import { readAnswer } from '../questions/read-answer.ts'
import type { Answer } from '../questions/read-answer.ts'
import { testQuestions as questions } from '../test-surveys.ts'
import type { TalliedCell } from './outcome.ts'
import { workOut } from './work-out.ts'

function tally(id: number, teacher: number, answers: readonly Answer[]): TalliedCell {
  const counts = Array.from({ length: placeCount(questions) }, () => 0)
  for (const answer of answers) for (const place of readAnswer(questions, answer)!.places) counts[place]! += 1
  return { id, teacher, students: 20, answers: answers.length, counts }
}
const times = (count: number, answer: Answer) => Array.from({ length: count }, () => answer)
const about = { questions, threshold: 5, unitOf: new Map([1, 2, 3, 4, 5].map((teacher) => [teacher, 7])) }

test('a score is the mean of the scales by their weights, from 0 to 100', () => {
  // clear (1 to 5, weight 3): 5 of 6 at 5, 1 at 1: mean 26/6, 83.33 of 100; fair (1 to 3, weight 1): mean 2, 50. (3 * 83.33 + 50) / 4 = 75.
  const answers = [...times(5, { clear: 5, fair: 2 }), { clear: 1, fair: 2 }]
  const { teachers } = workOut([tally(1, 1, answers)], about)
  expect(teachers[0]?.score).toBeCloseTo(75, 9)
  expect(teachers[0]?.parts[0]?.score).toBeCloseTo(75, 9)
  expect(teachers[0]?.questions[0]).toEqual({ question: 'clear', answers: 6, counts: [1, 0, 0, 0, 5] })
})

test('without scales there is no score, and it is not 0', () => {
  const { teachers } = workOut([tally(1, 1, times(6, { pace: 'slow' }))], about)
  expect(teachers[0]).toMatchObject({ answers: 6, score: null })
  expect(teachers[0]?.estimate?.shrunken ?? null).toBeNull()
})

test('a unit has a median of five teachers, and none of four', () => {
  const cells = [1, 2, 3, 4, 5].map((teacher) =>
    tally(teacher, teacher, times(6, { clear: teacher, fair: 2 })),
  )
  // Scores (3 * 25 * (step - 1) + 50) / 4: of step 3 it is 50.
  expect(workOut(cells, about).units).toEqual([{ unit: 7, teachers: 5, median: 50 }])
  expect(workOut(cells.slice(1), about).units).toEqual([])
})

const answer = fc.record({
  clear: fc.integer({ min: 1, max: 5 }),
  fair: fc.integer({ min: 1, max: 3 }),
  pace: fc.constantFrom('slow', 'fast'),
})

test('what fewer than the threshold say of a teacher changes nothing that is shown of anybody', () => {
  const few = fc.array(answer, { minLength: 1, maxLength: 4 })
  const many = fc.array(fc.array(answer, { minLength: 5, maxLength: 9 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(many, few, few, (others, said, saidOtherwise) => {
      const cells = others.map((answers, index) => tally(index + 2, index + 2, answers))
      const shown = (own: readonly Answer[]) => workOut([tally(1, 1, own), ...cells], about)
      expect(shown(said)).toEqual(shown(saidOtherwise))
      expect(shown(said).teachers[0]).toMatchObject({ answers: null, score: null, questions: [], parts: [] })
    }),
    { numRuns: 60 },
  )
})

test('who said what in two groups that are shown together does not matter, only their sum', () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 8, maxLength: 8 }), (answers) => {
      const split = (from: readonly Answer[]) =>
        workOut([tally(1, 1, from.slice(0, 4)), tally(2, 1, from.slice(4))], about)
      expect(split(answers)).toEqual(split([...answers.slice(4), ...answers.slice(0, 4)]))
    }),
    { numRuns: 40 },
  )
})
