import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { PostOfDay } from '../plugin/access.ts'

/** The post of a day (YYYY-MM-DD) of every teacher who holds one: of several the one with the highest rate, then the one held longest. */
export async function listPosts(db: Kysely<CoreTables>, day: string): Promise<PostOfDay[]> {
  const { rows } = await sql<PostOfDay>`
    select distinct on (a.teacher_id) a.teacher_id as "teacherId", a.unit_id as "unitId", u.name as unit
    from core.appointment a join core.unit u on u.id = a.unit_id
    where ${day}::date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)
    order by a.teacher_id, a.rate desc, a.starts_on, a.unit_id`.execute(db)
  return rows
}
