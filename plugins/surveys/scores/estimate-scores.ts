import { addUpValues } from './add-up-values.ts'
import { putTogether } from './put-together.ts'
import { scoresOf } from './scores.ts'
import type { ScoreOptions, Scores, ValueCount } from './scores.ts'
import type { TeacherScore } from './teacher-score.ts'

/** Anonymous answers about one teacher in one course or group. */
export interface GroupAnswers {
  teacher: string
  /** Null: unknown; the teacher is drawn towards the mean of all. */
  department: string | null
  /** Course or group, among those of the teacher; null: not told apart. */
  group: string | null
  /** For each question, in the same order everywhere, how often each value was given. */
  questions: readonly (readonly ValueCount[])[]
}

export interface GroupOptions extends ScoreOptions {
  /** Weight of each question, 0 or more. */
  weights: readonly number[]
}

export interface GroupScore extends TeacherScore {
  /** Of each question, over all groups. */
  distributions: ValueCount[][]
}

/**
 * Scores of teachers from anonymous answers: y = mean + department + teacher + group + answer, all but the mean random, variances by REML. Whatever
 * cannot be told apart is left out of the model (`modelOf`). The order of groups changes no digit. Throws RangeError on a count that is not whole,
 * or a list of questions that does not fit the weights.
 */
export function estimateScores(groups: readonly GroupAnswers[], options: GroupOptions): Scores<GroupScore> {
  for (const { questions } of groups)
    if (questions.length !== options.weights.length)
      throw new RangeError(`${questions.length} questions, but ${options.weights.length} weights`)
  const cells = groups.flatMap(({ teacher, department, group, questions }) => {
    const together = putTogether(questions, options.weights)
    return together ? [{ teacher, department, group, student: null, ...together }] : []
  })
  const byTeacher = Map.groupBy(groups, ({ teacher }) => teacher)
  const scores = scoresOf(cells, new Set(byTeacher.keys()), options)
  return {
    ...scores,
    teachers: scores.teachers.map((score) => ({
      ...score,
      distributions: options.weights.map((_, question) =>
        addUpValues(byTeacher.get(score.teacher)!.map(({ questions }) => questions[question]!)),
      ),
    })),
  }
}
