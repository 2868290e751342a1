import type { Scope } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { SubjectKind } from '../tables.ts'

/** A test on rows of outlook_subject called s: teachers one by one, units (and the university) that lie wholly in the scope. */
export function withinScope(kind: SubjectKind, { all, unitIds, teacherId }: Scope) {
  if (all) return sql<boolean>`true`
  const units = sql`any(${[...unitIds]}::bigint[])`
  if (kind !== 'teacher') return sql<boolean>`s.subject_id = ${units}`
  return sql<boolean>`(s.unit_id = ${units} or s.teacher_id = ${teacherId}::bigint)`
}
