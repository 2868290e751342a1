import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/definition.ts'
import type { FactSource } from './fact-source.ts'

type EvidenceSource = Extract<FactSource, { source: 'evidence' }>
type QuerySource = Extract<FactSource, { source: 'query' }>

/**
 * Freezes the facts of all indicators about the frozen teachers in one statement. Facts are numbered within each teacher by
 * indicator, date, evidence, and then by their content, so that the same data get the same numbers.
 */
export async function freezeFacts(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
  sources: readonly FactSource[],
): Promise<number> {
  const parts = [
    ...evidenceParts(sources, period),
    ...sources.filter(isQuery).map((s) => queryPart(s, period)),
  ]
  if (parts.length === 0) return 0
  const frozen = await sql`
    insert into core.snapshot_fact (snapshot_id, teacher_id, fact_no, indicator, happened_on, quantity,
      role, participants, share, attributes, evidence_id, ordinal, affiliated, expert_points)
    select ${snapshotId}, x.teacher_id,
      row_number() over (partition by x.teacher_id
        order by x.indicator collate "C", x.happened_on, x.evidence_id, x.quantity, x.attributes),
      x.indicator, x.happened_on, x.quantity, x.role, x.participants, x.share, x.attributes, x.evidence_id, x.ordinal, x.affiliated, x.expert_points
    from (${sql.join(parts, sql` union all `)}) x
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = x.teacher_id`.execute(
    trx,
  )
  return Number(frozen.numAffectedRows ?? 0)
}

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
  return sql`select p.teacher_id, e.indicator, e.happened_on, 1::numeric as quantity, p.role,
      e.participant_count as participants, p.share, ${attributes} as attributes, e.id as evidence_id, p.ordinal,
      (select count(*) from core.evidence_participant o where o.evidence_id = e.id and o.affiliated)::smallint as affiliated,
      e.expert_points
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
  return sql`select q.teacher_id, ${sql.lit(indicator)}::text, q.happened_on, q.quantity, null::text,
      1::smallint, null::numeric, q.attributes, null::bigint, null::smallint, 1::smallint, null::numeric
    from (${facts(period)}) q`
}

function isQuery(source: FactSource): source is QuerySource {
  return source.source === 'query'
}
