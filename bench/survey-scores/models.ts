import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { estimateLinkedScores, estimateScores } from '../../plugins/surveys/scores/index.ts'
import type { Scores } from '../../plugins/surveys/scores/index.ts'
import { readEffects } from './read-ratings.ts'
import type { LectureRating } from './read-ratings.ts'

interface Model {
  name: string
  formula: string
  /** File with the effects of lecturers. */
  effects: string
  run(ratings: readonly LectureRating[]): Scores
}

const options = { least: 1, greatest: 5, confidence: 90 } as const

/** In the words of lme4; the restricted likelihood is maximised in all of them. */
export const models: Model[] = [
  {
    name: 'm6',
    formula: 'y ~ 1 + (1 | d), from counts by lecturer alone',
    effects: 'm6_reml_d_only_blup_lecturers.csv',
    run: (ratings) => estimateScores(countByLecturer(ratings), { ...options, weights: [1] }),
  },
  {
    name: 'm1',
    formula: 'y ~ 1 + (1 | s) + (1 | d)',
    effects: 'm1_reml_s_d_blup_lecturers.csv',
    run: (ratings) =>
      estimateLinkedScores(
        ratings.map(({ student, lecturer, value }) => ({
          student,
          teacher: lecturer,
          department: null,
          group: null,
          value,
        })),
        options,
      ),
  },
  {
    name: 'm2',
    formula: 'y ~ 1 + (1 | s) + (1 | d) + (1 | dept:service)',
    effects: 'm2_reml_s_d_deptservice_blup_lecturers.csv',
    run: (ratings) =>
      estimateLinkedScores(
        ratings.map(({ student, lecturer, department, value }) => ({
          student,
          teacher: lecturer,
          department,
          group: null,
          value,
        })),
        options,
      ),
  },
]

function countByLecturer(ratings: readonly LectureRating[]) {
  return [...Map.groupBy(ratings, ({ lecturer }) => lecturer)].map(([teacher, own]) => ({
    teacher,
    department: null,
    group: null,
    questions: [
      [...Map.groupBy(own, ({ value }) => value)].map(([value, { length: count }]) => ({ value, count })),
    ],
  }))
}

/** What a model gives, and how far its effects of lecturers are from those of the file, if it is there. */
export function runModel(model: Model, ratings: readonly LectureRating[], expected: string | null) {
  const start = performance.now()
  const scores = model.run(ratings)
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1))
  const file = expected === null ? null : join(expected, model.effects)
  return {
    seconds,
    criterion: scores.criterion,
    ...scores.variances,
    usedForTeachers: scores.teacherVariance,
    ...(file !== null && existsSync(file) ? compareEffects(scores, readFileSync(file)) : {}),
  }
}

function compareEffects({ teachers }: Scores, file: Buffer) {
  const expected = readEffects(file)
  const pairs = teachers.flatMap(({ teacher, shrunken, prior, standardError }) => {
    const own = expected.get(teacher)
    return own && shrunken !== null && prior !== null && standardError !== null
      ? [{ teacher, effect: shrunken - prior, expected: own.blup, ratio: standardError / own.cond_sd }]
      : []
  })
  const worst = pairs
    .map(({ teacher, effect, expected: blup }) => ({ teacher, off: Math.abs(effect - blup) }))
    .sort((a, b) => b.off - a.off)
  const ratios = pairs.map(({ ratio }) => ratio).sort((a, b) => a - b)
  return {
    compared: pairs.length,
    correlation: correlation(
      pairs.map(({ effect }) => effect),
      pairs.map(({ expected: blup }) => blup),
    ),
    largestDeviation: worst[0]?.off ?? null,
    largestOf: worst
      .slice(0, 3)
      .map(({ teacher, off }) => `${teacher}: ${off.toExponential(2)}`)
      .join(', '),
    errorInPartsOfConditional: `${ratios[0]?.toFixed(4)} to ${ratios.at(-1)?.toFixed(4)}`,
  }
}

function correlation(first: readonly number[], second: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [one, other] = [mean(first), mean(second)]
  const sum = (of: (index: number) => number) => first.reduce((total, _, index) => total + of(index), 0)
  const both = sum((index) => (first[index]! - one) * (second[index]! - other))
  const squares = sum((index) => (first[index]! - one) ** 2) * sum((index) => (second[index]! - other) ** 2)
  return both / Math.sqrt(squares)
}
