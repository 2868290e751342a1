import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'

export const period = { from: '2025-09-01', to: '2026-08-31' }

/**
 * Fills core's tables with `teachers` teachers in 40 departments of 4 faculties and about 100 approved items of evidence a
 * teacher in the period (half as many before it), all from arithmetic on the row's number: the same rows every time.
 */
export async function fillUniversity(db: Kysely<CoreTables>, teachers: number): Promise<void> {
  await fillPeople(db, teachers)
  await fillEvidence(db, teachers, 150)
  await sql`vacuum (analyze) core.evidence`.execute(db)
  await sql`vacuum (analyze) core.evidence_participant`.execute(db)
  await sql`analyze core.teacher`.execute(db)
  await sql`analyze core.appointment`.execute(db)
}

async function fillPeople(db: Kysely<CoreTables>, teachers: number): Promise<void> {
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
      case when t.id % 17 = 0 then 0.5 else 1 end, date '2015-09-01'
    from core.teacher t join core.unit u on u.code = 'd' || (1 + t.id % 40)`.execute(db)
}

/** Every third item has two participants; types beyond the ten of the regulation count nowhere, as in life. */
async function fillEvidence(db: Kysely<CoreTables>, teachers: number, itemsEach: number): Promise<void> {
  await sql`insert into core.evidence (indicator, data, title, happened_on, state, participant_count, affiliated_count,
        created_by)
    select 'bench.' || (array['work', 'project', 'service'])[1 + n % 3],
      jsonb_build_object('type', 't' || (n * 7919 / 3) % 25, 'sheets', (n % 97) / 8.0, 'quartile', 1 + n % 4,
        'place', 1 + n % 5, 'percent', 70 + n % 31, 'amount', n % 50000, 'language', 'kk', 'title', 'Item ' || n),
      'Item ' || n, date '2025-03-01' + (n % 549)::int, 'approved', 1 + (n % 3 = 0)::int, 1 + (n % 3 = 0)::int, 1
    from generate_series(1, ${teachers}::bigint * ${itemsEach}::bigint * 3 / 4) n`.execute(db)
  await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name)
    select e.id, o, 1 + (e.id + (o - 1) * 31) % ${teachers}::bigint, 'Name'
    from core.evidence e cross join lateral generate_series(1, e.participant_count) o`.execute(db)
}
