import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../../core/database/tables.ts'
import { period } from '../people.ts'
import type { HandTables } from './tables.ts'

/** The entries a rating counts from this day to the end of the period. */
export const approvedFrom = (from: string): RawBuilder<unknown> =>
  sql`e.state = 'approved' and e.happened_on between ${sql.lit(from)}::date and ${sql.lit(period.to)}::date`

/** People who hold one post, all period or from a day within it, and take no leave. */
const onePost = sql`select 1::bigint as snapshot_id, t.id as teacher_id, t.code, t.family_name, t.given_name, t.patronymic, a.unit_id,
    u.parent_id as faculty_id, a.position, a.degree, a.rate, a.starts_on as service_from, 0 as leave_days, t.sex,
    t.birth_year, a.field, t.citizenship,
    date ${sql.lit(period.to)} - greatest(a.starts_on, date ${sql.lit(period.from)}) + 1 as employed_days
  from core.teacher t join core.appointment a on a.teacher_id = t.id join core.unit u on u.id = a.unit_id
  order by t.id`

const noFacts = sql`select 0::bigint as teacher_id, ''::text as indicator, null::date as happened_on, 0::numeric as quantity, null::jsonb as attributes where false`

interface Frozen {
  people?: RawBuilder<unknown>
  /** First day of the facts. */
  from?: string
  /** What an indicator adds to the data, and the join it takes. */
  attributes?: RawBuilder<unknown>
  join?: RawBuilder<unknown>
  /** Facts that are no evidence: teacher_id, indicator, happened_on, quantity, attributes. */
  counted?: RawBuilder<unknown>
}

/** Freezes people and facts by hand, whatever the rules. The settings are those the engine takes. */
export async function freezeByHand(
  trx: Transaction<CoreTables>,
  tables: HandTables,
  {
    people = onePost,
    from = period.from,
    attributes = sql`e.data`,
    join = sql``,
    counted = noFacts,
  }: Frozen = {},
): Promise<void> {
  await sql`select set_config('work_mem', '256MB', true), set_config('jit', 'off', true),
    set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
    set_config('default_statistics_target', '10', true)`.execute(trx)
  await tables.write(trx, 'snapshot_teacher', people)
  await sql`analyze hand.snapshot_teacher`.execute(trx)
  await tables.write(
    trx,
    'snapshot_fact',
    sql`select 1::bigint as snapshot_id, teacher_id, row_number() over (partition by teacher_id
        order by indicator collate "C", happened_on, attributes, evidence_id)::int as fact_no,
      indicator, happened_on, quantity, role, participants, share, attributes, evidence_id, ordinal, affiliated, role_counts, expert_points
    from (
      select p.teacher_id, e.indicator, e.happened_on, 1::numeric as quantity, p.role, e.participant_count as participants, p.share,
        ${attributes} as attributes, e.id as evidence_id, p.ordinal, e.affiliated_count as affiliated, e.role_counts, e.expert_points
      from core.evidence e
      join core.evidence_participant p on p.evidence_id = e.id
      ${join}
      where ${approvedFrom(from)} and p.affiliated and p.teacher_id is not null
      union all
      select teacher_id, indicator, happened_on, quantity, null, 1::smallint, null, attributes, null, null, 1::smallint, null, null
      from (${counted}) c
    ) f order by teacher_id`,
  )
  await sql`analyze hand.snapshot_fact (teacher_id, fact_no)`.execute(trx)
}
