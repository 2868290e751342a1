import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { estimateScores } from './index.ts'

/** How often each of 1,128 lecturers was rated 1, 2, 3, 4 and 5 (fixtures/README.md). */
const groups = readFileSync(new URL('fixtures/insteval-counts.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [teacher, ...counts] = line.split(' ')
    const values = counts.map((count, index) => ({ value: index + 1, count: Number(count) }))
    return { teacher: teacher!, department: null, group: null, questions: [values] }
  })
const scores = estimateScores(groups, { weights: [1], least: 1, greatest: 5, confidence: 95 })
const scoreOf = (lecturer: string) => scores.teachers.find(({ teacher }) => teacher === lecturer)!

test('73,421 lecture ratings have the variances that lme4 finds: y ~ 1 + (1 | d)', () => {
  expect(scores.teachers.reduce((sum, { answers }) => sum + answers, 0)).toBe(73_421)
  expect(scores.criterion).toBeCloseTo(240234.3647, 4)
  expect(scores.variances!.teacher).toBeCloseTo(0.269732, 5)
  expect(scores.variances!.answer).toBeCloseTo(1.493991, 5)
})

// Conditional modes and their standard deviations as lme4 1.1-31 gives them: few answers, very many, the highest and the lowest.
test.each([
  { lecturer: '31', mode: -0.92679, deviation: 0.31007, answers: 10 },
  { lecturer: '55', mode: -0.02581, deviation: 0.31007, answers: 10 },
  { lecturer: '827', mode: 0.6869, deviation: 0.04328, answers: 792 },
  { lecturer: '1258', mode: 1.14004, deviation: 0.18965, answers: 36 },
  { lecturer: '1279', mode: -1.41868, deviation: 0.14253, answers: 68 },
])(
  'lecturer $lecturer with $answers ratings has the effect of lme4',
  ({ lecturer, mode, deviation, answers }) => {
    const score = scoreOf(lecturer)
    expect(score.answers).toBe(answers)
    // What is added to the variance of teachers moves no effect by more than half a thousandth.
    expect(Math.abs(score.shrunken! - score.prior! - mode)).toBeLessThan(5e-4)
    // lme4 takes the mean and the variances as known.
    expect(score.standardError! / deviation).toBeGreaterThan(1)
    expect(score.standardError! / deviation).toBeLessThan(1.005)
  },
)

test('most of the difference between a lecturer with ten ratings and one with hundreds is not noise, some is', () => {
  const found = scores.compare('827', '31')!
  expect(found.raw).toBeCloseTo(3.931818 - 1.8, 5)
  expect(found.chance).toBeGreaterThan(0.2)
  expect(found.chance).toBeLessThan(0.3)
  expect(found.doubt).toBeLessThan(0.001)
  // Two with ten ratings each, 1.8 and 3.2.
  expect(scores.compare('55', '31')!.doubt).toBeGreaterThan(0.01)
})
