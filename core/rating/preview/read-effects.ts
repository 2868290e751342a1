import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { LineKind, TraceLine } from '../../contract/resources/runs.ts'
import type { LocalizedText } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { FinishedRun } from '../results/find-run.ts'
import type { StoredReason } from '../results/ranking.ts'
import { readLines, titlesOf } from '../results/teacher-result.ts'
import { supposedFactNo } from './multiply-snapshot.ts'

/** What a single fact more changes, read from two results of the engine. */
export interface Effect {
  /** Of what is known of the total, exact; null: a norm is missing, or there is nothing to aggregate. */
  change: string | null
  /** Lines about the fact itself; none: no criterion counts it. */
  lines: TraceLine[]
  /** How the other lines change, by kind and clause: caps that cut, facts that give way, weights. Exact and not 0. */
  others: {
    kind: LineKind
    area: string | null
    clause: string
    clauseTitle: LocalizedText
    change: string
  }[]
  /** Why the total waits that did not wait before. */
  reasons: StoredReason[]
}

interface Tried {
  /** The teacher id under which the state of affairs stands. */
  id: number
  /** Whose fact is the one more; null: the supposed one. */
  evidenceId: number | null
}

/**
 * The effect of each state of affairs over the one that stands under `base`, by its id; only in the transaction of the run, whose
 * own table of totals also has those that wait.
 */
export async function readEffects(
  trx: Transaction<CoreTables>,
  run: FinishedRun,
  base: number,
  tried: readonly Tried[],
): Promise<Map<number, Effect>> {
  const [changes, others] = [await readChanges(trx, run, base), await readOthers(trx, run, base, tried)]
  const effects = new Map<number, Effect>()
  for (const one of tried) {
    const lines = await readLines(trx, run, one.id)
    effects.set(one.id, {
      ...changes.get(one.id)!,
      lines: lines.filter(({ fact }) => fact !== null && isAbout(fact, one)),
      others: others.get(one.id) ?? [],
    })
  }
  return effects
}

function isAbout({ factNo, evidenceId }: NonNullable<TraceLine['fact']>, tried: Tried): boolean {
  return tried.evidenceId === null ? factNo === supposedFactNo : evidenceId === tried.evidenceId
}

async function readChanges(trx: Transaction<CoreTables>, run: FinishedRun, base: number) {
  const { rows } = await sql<{ id: number; change: string | null; reasons: StoredReason[] }>`
    select r.teacher_id as id, trim_scale(k.total - known.total)::text as change,
      coalesce((select jsonb_agg(x) from jsonb_array_elements(r.reasons) x where not b.reasons @> jsonb_build_array(x)), '[]')
        as reasons
    from core.run_teacher r join core.run_teacher b on b.run_id = r.run_id and b.teacher_id = ${base}
    join rating_total k on k.teacher_id = r.teacher_id
    join rating_total known on known.teacher_id = ${base}
    where r.run_id = ${run.id}`.execute(trx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

async function readOthers(
  trx: Transaction<CoreTables>,
  run: FinishedRun,
  base: number,
  tried: readonly Tried[],
): Promise<Map<number, Effect['others']>> {
  interface Row {
    id: number
    kind: LineKind
    area: string | null
    clause: string
    change: string
  }
  const { rows } = await sql<Row>`
    with tried as (
      select * from jsonb_to_recordset(${JSON.stringify(tried)}::jsonb) as t (id bigint, "evidenceId" bigint)
    ), line as (
      select l.teacher_id, l.kind, l.area, l.clause, l.amount, f.evidence_id, f.fact_no
      from core.run_line l
      left join core.snapshot_fact f on f.snapshot_id = ${run.snapshotId} and f.teacher_id = l.teacher_id and f.fact_no = l.fact_no
      where l.run_id = ${run.id}
    )
    select x.id, x.kind, x.area, x.clause, trim_scale(sum(x.amount))::text as change
    from (
      select t.id, l.kind, l.area, l.clause, l.amount from tried t join line l on l.teacher_id = t.id
      where case when t."evidenceId" is null then l.fact_no is distinct from ${supposedFactNo}
            else l.evidence_id is distinct from t."evidenceId" end
      union all
      select t.id, l.kind, l.area, l.clause, -l.amount from tried t join line l on l.teacher_id = ${base}
    ) x
    group by x.id, x.kind, x.area, x.clause having sum(x.amount) <> 0
    order by x.id, min(x.clause)`.execute(trx)
  const titles = titlesOf(run.document)
  const byId = new Map<number, Effect['others']>()
  for (const { id, ...row } of rows) {
    const found = byId.get(id) ?? []
    found.push({ ...row, clauseTitle: titles.get(row.clause) ?? run.document.title })
    byId.set(id, found)
  }
  return byId
}

/** What is known of a total that may wait, exact: the sum of its lines. null: not even that. Only in the transaction of the run. */
export async function readKnownTotal(trx: Transaction<CoreTables>, id: number): Promise<string | null> {
  const { rows } = await sql<{ total: string | null }>`
    select trim_scale(total)::text as total from rating_total where teacher_id = ${id}`.execute(trx)
  return rows[0]?.total ?? null
}
