import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'

/** Heads of departments, leaves of 80 days, and lecturers who became senior lecturers within the period. */
export async function enterLife(db: Kysely<CoreTables>): Promise<void> {
  await sql`insert into core.leadership (teacher_id, unit_id, starts_on)
    select min(teacher_id), unit_id, date '2020-09-01' from core.appointment group by unit_id`.execute(db)
  await sql`insert into core.leave (teacher_id, kind, starts_on, ends_on)
    select id, 'sick', date '2025-10-01' + (id % 100)::int, date '2025-10-01' + (id % 100)::int + 79
    from core.teacher where id % 13 = 0`.execute(db)
  await sql`with promoted as (
      update core.appointment set ends_on = '2026-01-31'
      where position = 'lecturer' and teacher_id % 19 = 0 and starts_on < '2026-01-31' returning teacher_id, unit_id, rate
    )
    insert into core.appointment (teacher_id, unit_id, position, rate, starts_on)
    select teacher_id, unit_id, 'senior-lecturer', rate, date '2026-02-01' from promoted`.execute(db)
  await sql`analyze core.leadership, core.leave, core.appointment`.execute(db)
}
