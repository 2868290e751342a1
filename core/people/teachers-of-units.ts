import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

const heldToday = sql`current_date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)`

/** Subquery of ids: teachers who today hold a post in one of these units (units below are not added). */
export function teachersOfUnits(unitIds: readonly number[]): RawBuilder<unknown> {
  return sql`select a.teacher_id from appointment a where a.unit_id = any(${[...unitIds]}::bigint[]) and ${heldToday}`
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
