import { compare, sortCells } from './cells.ts'
import type { Cell } from './cells.ts'
import { compareTeachers } from './compare-teachers.ts'
import type { Difference } from './compare-teachers.ts'
import { errorVariance, predict, priorCombination, teacherCombination } from './contrast.ts'
import { estimate } from './estimate.ts'
import type { Estimate, Variances, WhyUnknown } from './estimate.ts'
import { normalReach } from './normal.ts'
import type { Confidence } from './normal.ts'

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

/** What answers say of one teacher, in units of the answers. Null: unknown, never 0. */
export interface TeacherScore {
  teacher: string
  answers: number
  /** Plain mean; null: no answers. */
  raw: number | null
  /** What the teacher would be taken for without answers: the mean of the department, itself drawn towards that of all. */
  prior: number | null
  /** Mean drawn towards the prior, the more the less it rests on. */
  shrunken: number | null
  /** Standard deviation of shrunken less true mean. */
  standardError: number | null
  low: number | null
  high: number | null
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
  const raw = meansOf(cells)
  const found = estimate(cells)
  const known = typeof found === 'string' ? null : found
  const all = [...teachers].sort(compare).map((teacher) => raw.get(teacher) ?? withoutAnswers(teacher))
  const only = onlyValue(cells)
  const scored = known ? scoreAll(known, options) : new Map<string, Scored>()
  const list = all.map((score) => {
    const own = scored.get(score.teacher)
    if (own) return { ...score, ...own }
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

function meansOf(cells: readonly Cell[]): Map<string, TeacherScore> {
  const sums = new Map<string, { answers: number; sum: number }>()
  for (const { teacher, count, sum } of cells) {
    const own = sums.get(teacher) ?? { answers: 0, sum: 0 }
    sums.set(teacher, { answers: own.answers + count, sum: own.sum + sum })
  }
  return new Map(
    [...sums].map(([teacher, { answers, sum }]) => [
      teacher,
      { ...withoutAnswers(teacher), answers, raw: sum / answers },
    ]),
  )
}

function withoutAnswers(teacher: string): TeacherScore {
  return {
    teacher,
    answers: 0,
    raw: null,
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
