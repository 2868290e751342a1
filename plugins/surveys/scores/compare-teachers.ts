import { errorVariance, subtract, teacherCombination } from './contrast.ts'
import type { Estimate } from './estimate.ts'
import { normalAbove } from './normal.ts'
import type { TeacherScore } from './teacher-score.ts'

/** How much of the difference between two teachers is noise. First less second, in units of the answers. */
export interface Difference {
  raw: number
  shrunken: number
  /** Of the shrunken difference; what both share, such as the mean of their department, is in neither's disfavour. */
  standardError: number
  /** Probability that their true means stand the other way round, 0 to 0.5. */
  doubt: number
  /** Part of the raw difference that is put down to chance, 0 to 1; null: nothing of that kind (no raw difference, or it stands the other way). */
  chance: number | null
}

/** Null: one of them has no score. */
export function compareTeachers(
  estimate: Estimate,
  first: TeacherScore | undefined,
  second: TeacherScore | undefined,
): Difference | null {
  const raw = difference(first?.raw, second?.raw)
  const shrunken = difference(first?.shrunken, second?.shrunken)
  if (!first || !second || raw === null || shrunken === null) return null
  const { teachers } = estimate.model
  const [one, other] = [teachers.indexOf(first.teacher), teachers.indexOf(second.teacher)]
  const parts = subtract(teacherCombination(estimate, one), teacherCombination(estimate, other))
  const standardError = Math.sqrt(errorVariance(estimate, parts, false))
  return {
    raw,
    shrunken,
    standardError,
    ...doubtOf(shrunken, standardError),
    chance: chanceOf(raw, shrunken),
  }
}

/** The same of figures that were written down: errors taken as independent, which is rather too much noise than too little. */
export function doubtOf(difference: number, standardError: number): { doubt: number } {
  const distance = Math.abs(difference)
  return { doubt: distance === 0 ? 0.5 : normalAbove(distance / standardError) }
}

function chanceOf(raw: number, shrunken: number): number | null {
  const left = shrunken / raw
  return left >= 0 && left <= 1 ? 1 - left : null
}

function difference(first: number | null | undefined, second: number | null | undefined): number | null {
  return first == null || second == null ? null : first - second
}
