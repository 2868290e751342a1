import type { WeightedScale } from '../questions/weighted-scales.ts'
import { estimateScores } from '../scores/index.ts'
import type { QuestionResult } from '../tables.ts'
import { percentOf } from './score.ts'

export interface Estimate {
  /** Plain mean, 0 to 100. */
  raw: number | null
  /** Of the plain mean; null as the rest. */
  rawError: number | null
  /** null, as the rest: too few teachers, or all answers are the same. */
  shrunken: number | null
  standardError: number | null
  low: number | null
  high: number | null
}
interface Estimated {
  teacher: number
  unit: number | null
  parts: readonly { questions: readonly QuestionResult[] }[]
}

export const confidencePercent = 95
/** Scores are from 0 to 100. */
export const scoreOptions = { least: 0, greatest: 100, confidence: confidencePercent } as const

/** Scores of the teachers from their parts, on a scale from 0 to 100. */
export function estimateTeachers(
  teachers: readonly Estimated[],
  scales: readonly WeightedScale[],
): Map<number, Estimate> {
  if (scales.length === 0) return new Map()
  const groups = teachers.flatMap(({ teacher, unit, parts }) =>
    parts.map(({ questions }, place) => ({
      teacher: String(teacher),
      department: unit === null ? null : String(unit),
      group: String(place),
      questions: scales.map((scale) => valuesOf(scale, questions)),
    })),
  )
  const weights = scales.map(({ weight }) => weight)
  const { teachers: scores } = estimateScores(groups, { weights, ...scoreOptions })
  return new Map(scores.map(({ teacher, ...score }) => [Number(teacher), score]))
}

function valuesOf({ question, steps }: WeightedScale, results: readonly QuestionResult[]) {
  const counts = results.find((one) => one.question === question)?.counts ?? []
  return counts.map((count, index) => ({ value: percentOf(index + 1, steps), count }))
}
