import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'

export const period = { from: '2025-09-01', to: '2026-08-31' }

/** Teachers in 40 departments of 4 faculties, all from arithmetic on their number: the same rows every time. */
export async function enterPeople(db: Kysely<CoreTables>, teachers: number): Promise<void> {
  const name = sql`jsonb_build_object('kk', 'B', 'ru', 'B', 'en', 'B')`
  await sql`insert into core.account (name) values ('bench')`.execute(db)
  await sql`insert into core.unit (kind, code, name) values ('university', 'u', ${name})`.execute(db)
  await sql`insert into core.unit (kind, code, parent_id, name)
    select 'faculty', 'f' || n, (select id from core.unit where code = 'u'), ${name} from generate_series(1, 4) n`.execute(
    db,
  )
  await sql`insert into core.unit (kind, code, parent_id, name)
    select 'department', 'd' || n, (select id from core.unit where code = 'f' || (1 + n % 4)), ${name}
    from generate_series(1, 40) n`.execute(db)
  await sql`insert into core.teacher (code, family_name, given_name)
    select 'T' || lpad(n::text, 6, '0'), 'Family' || n, 'Given' || n from generate_series(1, ${teachers}::int) n`.execute(
    db,
  )
  await sql`insert into core.appointment (teacher_id, unit_id, position, rate, starts_on)
    select t.id, u.id, (array['professor', 'associate-professor', 'senior-lecturer', 'lecturer'])[1 + t.id % 4],
      case when t.id % 17 = 0 then 0.5 else 1 end, case when t.id % 41 = 0 then date '2026-02-01' else date '2015-09-01' end
    from core.teacher t join core.unit u on u.code = 'd' || (1 + t.id % 40)`.execute(db)
  await sql`analyze core.teacher, core.appointment, core.unit`.execute(db)
}
