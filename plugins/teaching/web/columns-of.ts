import type { importKinds } from '../contract.ts'

/** Columns of each kind of table, in the order of its template; a test holds them to the server's. */
export const columnsOf: Readonly<Record<(typeof importKinds)[number], readonly string[]>> = {
  courses: ['code', 'title'],
  groups: ['code', 'course', 'year', 'term', 'ended_on', 'pass_mark', 'good_mark', 'excellent_mark'],
  teachers: ['group', 'teacher', 'taught'],
  grades: ['group', 'student', 'grade', 'attempts', 'attended', 'enrolled'],
}
