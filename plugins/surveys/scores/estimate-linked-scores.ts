import { addUpValues } from './add-up-values.ts'
import { scoresOf } from './scores.ts'
import type { ScoreOptions, Scores, ValueCount } from './scores.ts'
import type { TeacherScore } from './teacher-score.ts'

/** One answer, where a university may lawfully join a student's answers under a pseudonym. */
export interface Rating {
  student: string
  teacher: string
  department: string | null
  group: string | null
  value: number
}

export interface LinkedScore extends TeacherScore {
  distribution: ValueCount[]
}

/**
 * Scores of teachers where it is known which answers come from one student: students who are strict with everybody are told from teachers who are
 * rated low by everybody. y = mean + department + teacher + group + student + answer. The order of ratings changes no digit.
 */
export function estimateLinkedScores(ratings: readonly Rating[], options: ScoreOptions): Scores<LinkedScore> {
  const cells = ratings.map(({ value, ...about }) => ({
    ...about,
    count: 1,
    sum: value,
    squares: value * value,
  }))
  const byTeacher = Map.groupBy(ratings, ({ teacher }) => teacher)
  const scores = scoresOf(cells, new Set(byTeacher.keys()), options)
  return {
    ...scores,
    teachers: scores.teachers.map((score) => ({
      ...score,
      distribution: addUpValues([byTeacher.get(score.teacher)!.map(({ value }) => ({ value, count: 1 }))]),
    })),
  }
}
