import type { PluginContext, TableImport } from '@ustaz/core/plugin'
import type { TeachingTables } from '../tables.ts'
import { courses } from './courses.ts'
import { studentGrades } from './grades.ts'
import { groups } from './groups.ts'
import type { ImportKind } from './kind-names.ts'
import { pseudonymKey } from './pseudonym.ts'
import { groupTeachers } from './teachers.ts'

/** How a kind of table is read and written. */
export async function importKind(
  kind: ImportKind,
  { db, people }: Pick<PluginContext<TeachingTables>, 'db' | 'people'>,
): Promise<TableImport<TeachingTables>> {
  if (kind === 'courses') return courses
  if (kind === 'groups') return groups
  return kind === 'teachers'
    ? groupTeachers(await people.listTeachers())
    : studentGrades(await pseudonymKey(db))
}
