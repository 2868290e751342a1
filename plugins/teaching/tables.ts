import type { ColumnType, Generated } from 'kysely'

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
}
