import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { TeacherName } from '../plugin/access.ts'

/** Names as they stand in a list of participants; ids that no teacher has are left out. */
export async function findTeacherNames(
  db: Kysely<CoreTables>,
  ids: readonly number[],
): Promise<{ id: number; name: string }[]> {
  if (ids.length === 0) return []
  return await db
    .selectFrom('teacher')
    .select('id')
    .select(sql<string>`concat_ws(' ', family_name, given_name, patronymic)`.as('name'))
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .execute()
}

/** The names of all teachers, by id. */
export async function listTeacherNames(db: Kysely<CoreTables>): Promise<TeacherName[]> {
  return await db
    .selectFrom('teacher')
    .select(['id', 'code', 'family_name as familyName', 'given_name as givenName', 'patronymic'])
    .select(['latin_name as latinName', 'orcid'])
    .orderBy('id')
    .execute()
}
