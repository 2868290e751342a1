import { compare, sortCells } from './cells.ts'
import type { Cell } from './cells.ts'
import { compareTeachers } from './compare-teachers.ts'
import type { Difference } from './compare-teachers.ts'
import { errorVariance, predict, priorCombination, teacherCombination } from './contrast.ts'
import { estimate } from './estimate.ts'
import type { Estimate, Variances, WhyUnknown } from './estimate.ts'
import { normalReach } from './normal.ts'
import type { Confidence } from './normal.ts'
import { rawErrorOf } from './raw-error.ts'
import type { TeacherScore } from './teacher-score.ts'

export interface ScoreOptions {
  /** Lowest and highest value that an answer can have; intervals end there. */
  least: number
  greatest: number
  /** Percent of the intervals. */
  confidence: Confidence
}

/** How often a value was given. */
export interface ValueCount {
  value: number
  count: number
}

export interface Scores<Score extends TeacherScore = TeacherScore> {
  /** By teacher, in the order of code points; also those without answers. */
  teachers: Score[]
  /** Why nothing is drawn towards anything; null: all is known. */
  unknown: WhyUnknown | null
  variances: Variances | null
  /** Variance of teachers that the scores rest on: that of `variances`, kept above 0. */
  teacherVariance: number | null
  /** Minus twice the restricted log-likelihood. */
  criterion: number | null
  /** How much of the difference between two teachers is noise; null: not known of one of them. */
  compare(first: string, second: string): Difference | null
}

/** Scores from cells in any order; `teachers`: everybody who was asked about. */
export function scoresOf(
  unsorted: readonly Cell[],
  teachers: ReadonlySet<string>,
  options: ScoreOptions,
): Scores {
  const cells = sortCells(unsorted)
  const cellsOf = Map.groupBy(cells, ({ teacher }) => teacher)
  const found = estimate(cells)
  const known = typeof found === 'string' ? null : found
  const all = [...teachers].sort(compare).map((teacher) => meanOf(teacher, cellsOf.get(teacher) ?? []))
  const only = onlyValue(cells)
  const scored = known ? scoreAll(known, options) : new Map<string, Scored>()
  const list = all.map((score) => {
    const own = scored.get(score.teacher)
    if (own && known) {
      return { ...score, ...own, rawError: rawErrorOf(cellsOf.get(score.teacher)!, known.variances) }
    }
    // Where all answers are one value every mean is that value, however far it is drawn.
    return only !== null && score.answers > 0 ? { ...score, prior: only, shrunken: only } : score
  })
  const byTeacher = new Map(list.map((score) => [score.teacher, score]))
  return {
    teachers: list,
    unknown: typeof found === 'string' ? found : null,
    variances: known?.variances ?? null,
    teacherVariance: known?.adjustedTeacher ?? null,
    criterion: known?.criterion ?? null,
    compare: (first, second) => known && compareTeachers(known, byTeacher.get(first), byTeacher.get(second)),
  }
}

type Scored = Pick<TeacherScore, 'prior' | 'shrunken' | 'standardError' | 'low' | 'high'>

function scoreAll(known: Estimate, options: ScoreOptions): Map<string, Scored> {
  const { shift } = known.model.observations
  const cut = (value: number) => Math.max(options.least, Math.min(options.greatest, value))
  return new Map(
    known.model.teachers.map((teacher, index) => {
      const parts = teacherCombination(known, index)
      const shrunken = cut(shift + predict(known, parts))
      const standardError = Math.sqrt(errorVariance(known, parts, true))
      const reach = normalReach[options.confidence] * standardError
      return [
        teacher,
        {
          prior: shift + predict(known, priorCombination(known, index)),
          shrunken,
          standardError,
          low: cut(shrunken - reach),
          high: cut(shrunken + reach),
        },
      ]
    }),
  )
}

/** What is known without any other teacher. */
function meanOf(teacher: string, cells: readonly Cell[]): TeacherScore {
  const answers = cells.reduce((sum, { count }) => sum + count, 0)
  const sum = cells.reduce((total, cell) => total + cell.sum, 0)
  return {
    teacher,
    answers,
    raw: answers > 0 ? sum / answers : null,
    rawError: null,
    prior: null,
    shrunken: null,
    standardError: null,
    low: null,
    high: null,
  }
}

/** The value of all answers; null: there are several, or none. */
function onlyValue(cells: readonly Cell[]): number | null {
  const [first] = cells
  if (!first) return null
  const value = first.sum / first.count
  const isAlone = cells.every(
    ({ count, sum, squares }) => sum === value * count && squares === value * value * count,
  )
  return isAlone ? value : null
}
