import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/definition.ts'
import { freezeRows } from '../frozen-rows.ts'
import type { FactSource } from './fact-source.ts'

type EvidenceSource = Extract<FactSource, { source: 'evidence' }>
type QuerySource = Extract<FactSource, { source: 'query' }>

const columns = [
  'teacher_id',
  'fact_no',
  'indicator',
  'happened_on',
  'quantity',
  'role',
  'participants',
  'share',
  'attributes',
  'evidence_id',
  'ordinal',
  'affiliated',
  'expert_points',
]

/**
 * Freezes the facts of all indicators about the frozen teachers. Facts are numbered within each teacher by indicator, date and
 * content, so that the same data get the same numbers, whoever entered them first. The rows are not attached yet.
 */
export async function freezeFacts(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
  sources: readonly FactSource[],
): Promise<void> {
  const parts = [
    none,
    ...evidenceParts(sources, period),
    ...sources.filter(isQuery).map((s) => queryPart(s, period)),
  ]
  await freezeRows(trx, 'snapshot_fact', snapshotId, {
    columns,
    query: sql`select x.teacher_id,
      row_number() over (partition by x.teacher_id order by x.indicator collate "C", x.happened_on, x.attributes,
        x.role collate "C", x.participants, x.ordinal, x.share, x.quantity, x.affiliated, x.expert_points, x.evidence_id) as fact_no,
      x.indicator, x.happened_on, x.quantity, x.role, x.participants, x.share, x.attributes, x.evidence_id, x.ordinal,
      x.affiliated, x.expert_points
    from (${sql.join(parts, sql` union all `)}) x
    join core.snapshot_teacher t on t.snapshot_id = ${sql.lit(snapshotId)} and t.teacher_id = x.teacher_id
    order by x.teacher_id`,
  })
}

/** No fact; it gives the columns their names and types. */
const none = sql`select null::bigint as teacher_id, null::text as indicator, null::date as happened_on, null::numeric as quantity,
  null::text as role, null::smallint as participants, null::numeric as share, null::jsonb as attributes,
  null::bigint as evidence_id, null::smallint as ordinal, null::smallint as affiliated, null::numeric as expert_points
  where false`

/** One part for all kinds whose data are the attributes, and one for each kind that a plugin enriches. */
function evidenceParts(sources: readonly FactSource[], period: Period): RawBuilder<unknown>[] {
  const kinds = sources.filter((source): source is EvidenceSource => source.source === 'evidence')
  const plain = kinds.filter(({ enrich }) => !enrich).map(({ indicator }) => indicator)
  const parts = kinds.filter(({ enrich }) => enrich).map((kind) => enrichedPart(kind, period))
  if (plain.length > 0) parts.push(evidencePart(plain, period, sql`e.data`, sql``))
  return parts
}

function enrichedPart({ indicator, enrich }: EvidenceSource, period: Period): RawBuilder<unknown> {
  const evidence = sql`(select e.id as evidence_id, e.happened_on, e.data from core.evidence e
    where ${approved([indicator], period)})`
  return evidencePart(
    [indicator],
    period,
    sql`case when x.evidence_id is null then e.data else e.data || x.attributes end`,
    sql`left join (${enrich!(evidence)}) x on x.evidence_id = e.id`,
  )
}

function evidencePart(
  indicators: readonly string[],
  period: Period,
  attributes: RawBuilder<unknown>,
  join: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select p.teacher_id, e.indicator, e.happened_on, 1::numeric, p.role, e.participant_count, trim_scale(p.share),
      ${attributes}, e.id, p.ordinal, e.affiliated_count, trim_scale(e.expert_points)
    from core.evidence e
    join core.evidence_participant p on p.evidence_id = e.id and p.teacher_id is not null and p.affiliated
    ${join}
    where ${approved(indicators, period)}`
}

function approved(indicators: readonly string[], period: Period): RawBuilder<unknown> {
  return sql`e.state = 'approved' and e.happened_on between ${period.from}::date and ${period.to}::date
    and e.indicator in (${sql.join(indicators.map((indicator) => sql.lit(indicator)))})`
}

function queryPart({ indicator, facts }: QuerySource, period: Period): RawBuilder<unknown> {
  return sql`select q.teacher_id, ${sql.lit(indicator)}::text, q.happened_on, trim_scale(q.quantity), null::text,
      1::smallint, null::numeric, q.attributes, null::bigint, null::smallint, 1::smallint, null::numeric
    from (${facts(period)}) q`
}

function isQuery(source: FactSource): source is QuerySource {
  return source.source === 'query'
}
