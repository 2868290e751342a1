import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { freezeRows, frozenRows } from '../frozen-rows.ts'
import { factColumns } from '../snapshot/freeze-facts.ts'
import type { SupposedFact } from './suppose-fact.ts'

/** One state of affairs to be computed: which of the frozen entries count, and what is supposed beside them. */
export interface Variant {
  /** Entries whose facts count; facts that come from no entry always do. */
  evidence: readonly number[]
  /** null: nothing is supposed. */
  supposed: SupposedFact | null
}

/** The id under which the variant at an index stands in the snapshot: no teacher has one below 0. */
export const variantId = (index: number): number => -1 - index

/** Number of a supposed fact: beyond those of any frozen one. */
export const supposedFactNo = 1_000_000

/**
 * Makes of the only teacher of a snapshot one for each variant, in a snapshot of its own, and answers its id: the engine then computes
 * them all at once, each as if it stood alone. Only for a transaction that is rolled back, and for documents in which nobody's total
 * depends on others. The facts of both are read as `frozenRows`, those of the copy are attached by whoever reads them as a part of
 * their table: others who attach rows wait from then on.
 */
export async function multiplySnapshot(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  variants: readonly Variant[],
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.snapshot', 'id')) as id`.execute(trx)
  const { id } = rows[0]!
  const of = sql`s.snapshot_id = ${snapshotId}`
  const whose = sql`jsonb_build_object('snapshot_id', ${id}::bigint, 'teacher_id', v.id)`
  const each = variantRows(variants)
  await copy(trx, 'snapshot_unit', {
    where: of,
    change: sql`jsonb_build_object('snapshot_id', ${id}::bigint)`,
  })
  await copy(trx, 'snapshot_teacher', {
    where: of,
    change: sql`${whose} || jsonb_build_object('code', s.code || ${separator} || v.id)`,
    each,
  })
  for (const table of ['snapshot_post', 'snapshot_leader'] as const) {
    await copy(trx, table, { where: of, change: whose, each })
  }
  const supposed = supposedRows(variants)
  await freezeRows(trx, 'snapshot_fact', id, {
    columns: factColumns,
    query: sql`select ${sql.join(factColumns.map((column) => (column === 'teacher_id' ? sql`v.id` : sql`s.${sql.ref(column)}`)))}
      from ${frozenRows('snapshot_fact', snapshotId)} s
      join ${each} on s.evidence_id is null or v.evidence @> to_jsonb(s.evidence_id)
      ${supposed ? sql`union all ${supposed}` : sql``}`,
  })
  await copy(trx, 'snapshot', {
    where: sql`s.id = ${snapshotId}`,
    change: sql`jsonb_build_object('id', ${id}::bigint, 'teachers', ${variants.length}::int)`,
  })
  return id
}

/** Between the code of the teacher and the number of the variant. */
const separator = '#'
/** The code of the teacher of whom a variant was made. */
export const codeOfTeacher = (code: string): string => code.slice(0, code.lastIndexOf(separator))

function variantRows(variants: readonly Variant[]): RawBuilder<unknown> {
  const rows = variants.map(({ evidence }, index) => ({ id: variantId(index), evidence }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id bigint, evidence jsonb)`
}

/** Rows once more, for each variant if so said, whatever columns they have, with some of their values changed. */
async function copy(
  trx: Transaction<CoreTables>,
  table: keyof CoreTables,
  rows: { where: RawBuilder<unknown>; change: RawBuilder<unknown>; each?: RawBuilder<unknown> },
): Promise<void> {
  const name = sql.table(`core.${table}`)
  const each = rows.each ? sql`cross join ${rows.each}` : sql``
  await sql`insert into ${name} overriding system value
    select r.* from ${name} s ${each} cross join lateral jsonb_populate_record(s, ${rows.change}) r
    where ${rows.where}`.execute(trx)
}

/** What a supposed fact says beside what it was made with; a column that is not named is null. */
const ofSupposed: Readonly<Record<string, RawBuilder<unknown>>> = {
  teacher_id: sql`f.teacher`,
  fact_no: sql.lit(supposedFactNo),
  indicator: sql`f.indicator`,
  happened_on: sql`f."happenedOn"`,
  quantity: sql`1::numeric`,
  role: sql`f.role`,
  participants: sql`1::smallint`,
  share: sql`1::numeric`,
  attributes: sql`f.attributes`,
  ordinal: sql`1::smallint`,
  affiliated: sql`1::smallint`,
  role_counts: sql`case when f.role is not null then jsonb_build_object(f.role, 1) end`,
  expert_points: sql`f."expertPoints"`,
}

/** Facts that are supposed, in the order of the columns of facts; null: none is. */
function supposedRows(variants: readonly Variant[]): RawBuilder<unknown> | null {
  const facts = variants.flatMap(({ supposed }, index) =>
    supposed ? [{ ...supposed, teacher: variantId(index) }] : [],
  )
  if (facts.length === 0) return null
  return sql`select ${sql.join(factColumns.map((column) => ofSupposed[column] ?? sql`null`))}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f (teacher bigint, indicator text, "happenedOn" date, role text,
      attributes jsonb, "expertPoints" numeric)`
}
