import type { ImportReport, Language, ProblemParams } from '@ustaz/core/contract'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ImportKind } from './imports/kind-names.ts'
import type { ImportStage } from './imports/orders/stages.ts'

export interface CourseTable {
  id: Generated<number>
  code: string
  title: string
}
export interface CourseGroupTable {
  id: Generated<number>
  code: string
  course_id: number
  /** In which the academic year began. */
  year: number
  term: number
  ended_on: string
  pass_mark: Generated<string>
  good_mark: Generated<string>
  excellent_mark: Generated<string>
}
export interface GroupTeacherTable {
  group_id: number
  teacher_id: number
  taught: Generated<boolean>
}
export interface EnrolmentTable {
  group_id: number
  student: string
  enrolled: Generated<boolean>
  grade: string | null
  attempts: number | null
  attended: boolean | null
}
export interface GroupSumsTable {
  group_id: number
  enrolled: number
  graded: number
  n: string
}
export interface PseudonymKeyTable {
  only_one: Generated<boolean>
  key: Buffer
}
export interface CourseResultTable {
  teacher_id: number
  course_id: number
  year: number
  term: number
  ended_on: string
  groups: number
  enrolled: number
  graded: number
  passed: number
  good: number
  excellent: number
  attempts_known: number
  retaken: number
  attendance_known: number
  attended: number
  used: number
  mean: string | null
  norm_students: number
  norm_groups: number
  norm_by_others: string | null
  norm_mean: string | null
  norm_deviation: string | null
  prior_difference: string | null
  difference: string | null
  variance: string | null
}
export interface ResultReviewTable {
  id: Generated<number>
  teacher_id: number
  course_id: number
  year: number
  term: number
  accepted: boolean
  reason: string
  difference: string
  account_id: number
  account_name: string
  reviewed_at: ColumnType<Date, Date, Date>
}

type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>
export interface ImportOrderTable {
  id: Generated<number>
  kind: ImportKind | 'moodle'
  options: JSONColumnType<Record<string, unknown>>
  dry_run: boolean
  language: Language
  file_name: string
  sha256: string
  bytes: number
  content: Buffer | null
  account_id: number
  account_name: string
  created_at: ColumnType<Date, Date, never>
  state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>
  stage: ImportStage | null
  attempts: Generated<number>
  cancel_requested: Generated<boolean>
  ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  report: OptionalJson<ImportReport>
  failure: OptionalJson<{ code: string; status: number; params: ProblemParams }>
}

/** The tables of this plugin, in its own schema. */
export interface TeachingTables {
  course: CourseTable
  course_group: CourseGroupTable
  group_teacher: GroupTeacherTable
  enrolment: EnrolmentTable
  group_sums: GroupSumsTable
  pseudonym_key: PseudonymKeyTable
  course_result: CourseResultTable
  result_review: ResultReviewTable
  import_order: ImportOrderTable
}
