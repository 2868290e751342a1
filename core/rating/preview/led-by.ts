import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'

/** The teacher and everybody who held a post of the period in a unit that the teacher leads on its last day, or below one. */
export async function withTheLed(
  db: Kysely<CoreTables>,
  teacherId: number,
  { from, to }: Period,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive led as (
      select unit_id as id from core.leadership
      where teacher_id = ${teacherId} and starts_on <= ${to}::date and coalesce(ends_on, ${to}::date) >= ${to}::date
      union
      select u.id from core.unit u join led l on u.parent_id = l.id
    )
    select ${teacherId}::bigint as id
    union
    select a.teacher_id from core.appointment a
    where a.unit_id in (select id from led) and a.starts_on <= ${to}::date
      and coalesce(a.ends_on, ${to}::date) >= ${from}::date`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether the teacher leads a unit of the kind on the last day of the period. */
export async function kindsLed(db: Kysely<CoreTables>, teacherId: number, to: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select distinct u.kind from core.leadership l join core.unit u on u.id = l.unit_id
    where l.teacher_id = ${teacherId} and l.starts_on <= ${to}::date and coalesce(l.ends_on, ${to}::date) >= ${to}::date`.execute(
    db,
  )
  return rows.map(({ kind }) => kind)
}
