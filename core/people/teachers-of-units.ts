import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { Scope } from '../plugin/route.ts'

const heldToday = sql`current_date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)`

/** Teachers who hold a post today in one of these units; units below are not added. */
export async function teachersOfUnits(db: Kysely<CoreTables>, unitIds: readonly number[]): Promise<number[]> {
  if (unitIds.length === 0) return []
  const { rows } = await sql<{ teacher_id: number }>`
    select distinct a.teacher_id from appointment a
    where a.unit_id = any(${[...unitIds]}::bigint[]) and ${heldToday}`.execute(db)
  return rows.map(({ teacher_id }) => teacher_id)
}

/** The units in which these teachers hold a post today. */
export async function unitsOfTeachers(
  db: Kysely<CoreTables>,
  teacherIds: readonly number[],
): Promise<number[]> {
  if (teacherIds.length === 0) return []
  const { rows } = await sql<{ unit_id: number }>`
    select distinct a.unit_id from appointment a
    where a.teacher_id = any(${[...teacherIds]}::bigint[]) and ${heldToday}`.execute(db)
  return rows.map(({ unit_id }) => unit_id)
}

/** Ids of the teachers whose data a scope reaches: those of its units today, and the asker; null: everybody's. */
export async function teachersIn(db: Kysely<CoreTables>, scope: Scope): Promise<number[] | null> {
  if (scope.all) return null
  const ofUnits = await teachersOfUnits(db, scope.unitIds)
  return scope.teacherId === null ? ofUnits : [...new Set([...ofUnits, scope.teacherId])]
}
