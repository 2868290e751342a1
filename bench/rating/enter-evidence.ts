import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { CoreTables } from '../../core/database/tables.ts'

/** A kind of evidence: what its entries hold, as SQL over the number n of the entry. */
export interface EvidenceShape {
  /** plugin.kind */
  indicator: string
  /** How many of all entries are of this kind, beside the parts of the others. */
  part: number
  /** jsonb. */
  data: RawBuilder<unknown>
  /** text over n and the participant's place o. */
  role?: RawBuilder<unknown>
  /** false: entries have one participant; else every third has two. */
  several?: boolean
}

/** Indexes that serve lists and search are left out: they make no rating faster, and entering ten million rows slow. */
const unused = [
  'evidence_identity',
  'evidence_list',
  'evidence_recent',
  'evidence_indicator',
  'evidence_created_by',
  'evidence_search',
  'evidence_participant_name',
]

/**
 * Approved entries of 18 months around the period, 112 a teacher, and within it one of each of `yearly` for each teacher; all
 * from arithmetic on the entry's number.
 */
export async function enterEvidence(
  db: Kysely<CoreTables>,
  teachers: number,
  shapes: readonly EvidenceShape[],
  yearly: readonly EvidenceShape[] = [],
): Promise<void> {
  for (const name of unused) await sql`drop index ${sql.table(`core.${name}`)}`.execute(db)
  await db.connection().execute(async (connection) => {
    // The rows are right by construction: foreign keys need not be looked up.
    await sql`set session_replication_role = replica`.execute(connection)
    await insertEvidence(connection, shapes, {
      count: Math.floor(teachers * 112.5),
      happenedOn: sql`date '2025-03-01' + (n % 549)::int`,
    })
    for (const shape of yearly) {
      await insertEvidence(connection, [shape], { count: teachers, happenedOn: sql`date '2026-06-30'` })
    }
    await sql`insert into core.evidence_participant (evidence_id, ordinal, teacher_id, name, role)
      select e.id, o, 1 + (e.id + (o - 1) * 31) % ${teachers}::bigint, 'Name', ${roleOf([...shapes, ...yearly])}
      from core.evidence e cross join lateral generate_series(1, e.participant_count) o order by e.id, o`.execute(
      connection,
    )
    await countRoles(connection)
    await sql`set session_replication_role = origin`.execute(connection)
  })
  await sql`vacuum (analyze) core.evidence, core.evidence_participant`.execute(db)
}

async function insertEvidence(
  db: Kysely<CoreTables>,
  shapes: readonly EvidenceShape[],
  { count, happenedOn }: { count: number; happenedOn: RawBuilder<unknown> },
): Promise<void> {
  const slots = shapes.flatMap(({ part }, index) => Array.from({ length: part }, () => index))
  const branches = (value: (shape: EvidenceShape) => RawBuilder<unknown>) =>
    sql.join(
      shapes.map((shape, index) => sql`when ${sql.lit(index)} then ${value(shape)}`),
      sql` `,
    )
  await sql`insert into core.evidence (indicator, data, title, happened_on, state, participant_count, affiliated_count, created_by)
    select case k ${branches(({ indicator }) => sql.lit(indicator))} end, case k ${branches(({ data }) => data)} end,
      'Item ' || n, ${happenedOn}, 'approved', people, people, 1
    from (
      select n, k, case when n % 3 = 0 and case k ${branches(({ several = true }) => sql.lit(several))} end then 2 else 1 end as people
      from (
        select n, (${slots}::int[])[1 + n * 7919 % ${slots.length}::int] as k
        from generate_series(1, ${count}::bigint) n) slotted) shaped`.execute(db)
}

/** As the product does when participants are written. */
async function countRoles(db: Kysely<CoreTables>): Promise<void> {
  await sql`update core.evidence e set role_counts = coalesce(c.counts, '{}')
    from core.evidence o left join (
      select evidence_id, jsonb_object_agg(role, people) as counts
      from (select evidence_id, role, count(*) as people from core.evidence_participant where role is not null
            group by evidence_id, role) p
      group by evidence_id) c on c.evidence_id = o.id
    where o.id = e.id`.execute(db)
}

function roleOf(shapes: readonly EvidenceShape[]): RawBuilder<unknown> {
  const withRole = shapes.flatMap(({ indicator, role }) =>
    role ? [sql`when ${sql.lit(indicator)} then ${role}`] : [],
  )
  return withRole.length === 0 ? sql`null` : sql`case e.indicator ${sql.join(withRole, sql` `)} end`
}
