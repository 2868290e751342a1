import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import { freezeRows, frozenRows } from '../frozen-rows.ts'
import type { AddedFact, Correction } from './correction.ts'
import { isEnriched, withEnriched } from './enriched.ts'
import type { FactSource } from './fact-source.ts'
import { isAboutThem, isAmong, isCounted } from './narrow.ts'
import type { Narrow } from './narrow.ts'

type QuerySource = Extract<FactSource, { source: 'query' }>

/** The columns of a frozen fact but that of its snapshot. */
export const factColumns = [
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
  'role_counts',
  'expert_points',
]

/**
 * Freezes the facts of all indicators about the frozen teachers. Facts are numbered within each teacher by indicator, date and
 * content, so that the same data get the same numbers, whoever entered them first. The rows are not attached yet. Throws
 * `fact-quantity` where a plugin counts less than nothing.
 */
export async function freezeFacts(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  period: Period,
  sources: readonly FactSource[],
  narrow: Narrow,
): Promise<void> {
  const counted = (kinds: readonly string[]) => countedEntries(kinds, period, narrow)
  const answers = sources
    .filter(isEnriched)
    .map(({ indicator, enrich }) => enrich(entries(indicator, counted)))
  const queries = sources.filter(isQuery)
  await withEnriched(trx, snapshotId, answers, async (enriched) => {
    const parts = [
      ...evidencePart(sources, counted, { enriched, narrow }),
      ...queries.map((query) => queryPart(query, period)),
    ]
    await freezeRows(trx, 'snapshot_fact', snapshotId, {
      columns: factColumns,
      query: number(parts, snapshotId),
    })
  })
  await refuseWrongQuantities(trx, snapshotId, queries)
}

/**
 * The facts of another snapshot as they are, but for those of the corrected teachers: what is corrected leaves, corrected evidence is
 * frozen as it is approved now, added facts are put in, and their facts are numbered anew.
 */
export async function freezeCorrectedFacts(
  trx: Transaction<CoreTables>,
  { base, id, period }: { base: number; id: number; period: Period },
  corrections: readonly Correction[],
  sources: readonly FactSource[],
): Promise<void> {
  const corrected = [...new Set(corrections.map(({ teacherId }) => teacherId))]
  const evidenceIds = corrections.flatMap((one) => (one.kind === 'evidence' ? [one.evidenceId] : []))
  const narrow = { teacherIds: corrected, alsoEvidence: [] }
  const counted = (kinds: readonly string[]) =>
    sql`${countedEntries(kinds, period, narrow)} and e.id = any(${evidenceIds}::bigint[])`
  const answers = sources
    .filter(isEnriched)
    .map(({ indicator, enrich }) => enrich(entries(indicator, counted)))
  await withEnriched(trx, id, answers, async (enriched) => {
    const parts = [
      sql`select ${names} from core.snapshot_fact f
        where f.snapshot_id = ${base} and f.teacher_id = any(${corrected}::bigint[]) and not ${isCorrected(corrections)}`,
      ...evidencePart(sources, counted, { enriched, narrow }).map(
        (part) => sql`select ${names} from (${part}) n (${names}) where ${isOfEvidence(corrections, sql`n`)}`,
      ),
      ...corrections.flatMap((one) => (one.kind === 'add' ? [addedPart(one.teacherId, one.fact)] : [])),
    ]
    const query = sql`select * from (
        select ${sql.join(factColumns.map((name) => sql.ref(name)))} from core.snapshot_fact
        where snapshot_id = ${base} and teacher_id <> all(${corrected}::bigint[])
        union all (${number(parts, id)})
      ) whole order by teacher_id, fact_no`
    await freezeRows(trx, 'snapshot_fact', id, { columns: factColumns, query })
  })
}

/** Whether a frozen fact f leaves: it is removed, or its evidence is corrected for its teacher. */
function isCorrected(corrections: readonly Correction[]): RawBuilder<unknown> {
  const removed = corrections.flatMap((one) =>
    one.kind === 'remove' ? [sql`(f.teacher_id = ${one.teacherId} and f.fact_no = ${one.factNo})`] : [],
  )
  return sql`(${sql.join([...removed, isOfEvidence(corrections, sql`f`)], sql` or `)})`
}

/** Whether a fact comes of evidence that is corrected for its teacher: a co-author's fact of it stays as it was frozen. */
function isOfEvidence(corrections: readonly Correction[], fact: RawBuilder<unknown>): RawBuilder<unknown> {
  const tests = corrections.flatMap((one) =>
    one.kind === 'evidence'
      ? [sql`(${fact}.teacher_id = ${one.teacherId} and ${fact}.evidence_id = ${one.evidenceId})`]
      : [],
  )
  return tests.length > 0 ? sql`coalesce(${sql.join(tests, sql` or `)}, false)` : sql`false`
}

function addedPart(teacherId: number, fact: AddedFact): RawBuilder<unknown> {
  return sql`select ${teacherId}::bigint, ${fact.indicator}::text, ${fact.happenedOn}::date, trim_scale(${fact.quantity}::numeric),
    ${fact.role}::text, ${fact.participants}::smallint, trim_scale(${fact.share}::numeric), ${JSON.stringify(fact.attributes)}::jsonb,
    null::bigint, ${fact.ordinal}::smallint, ${fact.affiliated}::smallint, null::jsonb, trim_scale(${fact.expertPoints}::numeric)`
}

/** The facts of the frozen teachers, numbered, in the order in which they are to lie on disk. */
function number(parts: readonly RawBuilder<unknown>[], snapshotId: number): RawBuilder<unknown> {
  return sql`select x.teacher_id,
      row_number() over (partition by x.teacher_id order by x.indicator collate "C", x.happened_on, x.attributes,
        x.role collate "C", x.participants, x.ordinal, x.share, x.quantity, x.affiliated, x.role_counts,
        x.expert_points, x.evidence_id) as fact_no,
      x.indicator, x.happened_on, x.quantity, x.role, x.participants, x.share, x.attributes, x.evidence_id, x.ordinal,
      x.affiliated, x.role_counts, x.expert_points
    from (${parts.length > 0 ? sql.join(parts, sql` union all `) : none}) x (${names})
    join core.snapshot_teacher t on t.snapshot_id = ${sql.lit(snapshotId)} and t.teacher_id = x.teacher_id
    order by x.teacher_id`
}

/** Columns of the parts below. */
const names = sql`teacher_id, indicator, happened_on, quantity, role, participants, share, attributes, evidence_id, ordinal,
  affiliated, role_counts, expert_points`
/** No fact, where nobody supplies any. */
const none = sql`select null::bigint, null::text, null::date, null::numeric, null::text, null::smallint, null::numeric,
  null::jsonb, null::bigint, null::smallint, null::smallint, null::jsonb, null::numeric where false`

/** The facts of all kinds of evidence in one reading, with what plugins add to the attributes; none where there are no kinds. */
function evidencePart(
  sources: readonly FactSource[],
  counted: Counted,
  { enriched, narrow }: { enriched: RawBuilder<unknown> | null; narrow: Narrow },
): RawBuilder<unknown>[] {
  const kinds = sources.flatMap(({ source, indicator }) => (source === 'evidence' ? [indicator] : []))
  if (kinds.length === 0) return []
  const attributes = enriched ? sql`coalesce(e.data || x.attributes, e.data)` : sql`e.data`
  return [
    sql`select p.teacher_id, e.indicator, e.happened_on, 1::numeric, p.role, e.participant_count, trim_scale(p.share),
        ${attributes}, e.id, p.ordinal, e.affiliated_count, e.role_counts, trim_scale(e.expert_points)
      from core.evidence e
      join core.evidence_participant p on p.evidence_id = e.id and p.teacher_id is not null and p.affiliated
        and ${isAmong(narrow, sql`p.teacher_id`)}
      ${enriched ? sql`left join ${enriched} x on x.evidence_id = e.id` : sql``}
      where ${counted(kinds)}`,
  ]
}

/** The entries of one kind, as a plugin is given them. */
function entries(indicator: string, counted: Counted): RawBuilder<unknown> {
  return sql`(select e.id as evidence_id, e.happened_on, e.data from core.evidence e
    where ${counted([indicator])})`
}

/** A test that an entry (a row called e) of one of these kinds is frozen. */
type Counted = (kinds: readonly string[]) => RawBuilder<unknown>

function countedEntries(kinds: readonly string[], period: Period, narrow: Narrow): RawBuilder<unknown> {
  return sql`${isCounted(narrow)} and e.happened_on between ${period.from}::date and ${period.to}::date
    and e.indicator in (${sql.join(kinds.map((kind) => sql.lit(kind)))}) and ${isAboutThem(narrow)}`
}

function queryPart({ indicator, facts }: QuerySource, period: Period): RawBuilder<unknown> {
  return sql`select q.teacher_id, ${sql.lit(indicator)}::text, q.happened_on, trim_scale(q.quantity), null::text,
      1::smallint, null::numeric, q.attributes, null::bigint, null::smallint, 1::smallint, null::jsonb, null::numeric
    from (${facts(period)}) q`
}

/** Evidence always counts 1; what a plugin counts is 0 or more, and a number: a penalty stands in the rule, not in the fact. */
async function refuseWrongQuantities(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  queries: readonly QuerySource[],
): Promise<void> {
  if (queries.length === 0) return
  const { rows } = await sql<{ indicator: string; teacher: string; day: string; quantity: string }>`
    select f.indicator, t.code as teacher, f.happened_on::text as day, f.quantity::text
    from ${frozenRows('snapshot_fact', snapshotId)} f
    join core.snapshot_teacher t on t.snapshot_id = f.snapshot_id and t.teacher_id = f.teacher_id
    where f.indicator in (${sql.join(queries.map(({ indicator }) => sql.lit(indicator)))})
      and not (f.quantity >= 0 and f.quantity < 'Infinity')
    order by f.indicator, t.code, f.fact_no limit 1`.execute(trx)
  const [wrong] = rows
  if (!wrong) return
  const plugin = wrong.indicator.split('.')[0]!
  throw new UstazError('fact-quantity', { status: 422, params: { plugin, ...wrong } })
}

function isQuery(source: FactSource): source is QuerySource {
  return source.source === 'query'
}
