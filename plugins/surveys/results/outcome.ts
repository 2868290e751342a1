import type { Variances } from '../scores/index.ts'
import type { QuestionResult } from '../tables.ts'
import type { Estimate } from './estimate-teachers.ts'

export interface TalliedCell {
  id: number
  teacher: number
  students: number
  answers: number
  counts: readonly number[]
}

export interface PartOutcome {
  cells: number[]
  students: number
  answers: number
  score: number | null
  questions: QuestionResult[]
}
export interface TeacherOutcome {
  teacher: number
  /** null: none. */
  unit: number | null
  students: number
  /** null: fewer answers than the threshold; then nothing else is known either. */
  answers: number | null
  score: number | null
  estimate: Estimate | null
  questions: QuestionResult[]
  parts: PartOutcome[]
}
/** Variances of linked answers, in squared points of the score; between students, too, by how strictly they judge. */
export type Components = Variances & { teacher: number; student: number }

export interface CampaignOutcome {
  teachers: TeacherOutcome[]
  units: { unit: number; teachers: number; median: number }[]
  /** What linked answers differ by; null: they are not linked, or it could not be told. */
  components: Components | null
}
