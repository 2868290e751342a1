import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { ChangedLine } from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { FinishedRun } from '../find-run.ts'
import { factPairs } from './fact-pairs.ts'
import type { RunPair } from './run-pair.ts'

/** A line as the two runs hold it, without its explanation. */
export type LinePair = Pick<
  ChangedLine,
  'kind' | 'area' | 'clause' | 'before' | 'after' | 'change' | 'factBefore' | 'factAfter'
>
export interface LinePairs {
  /** Only lines that change the sum, largest first. */
  changed: LinePair[]
  unchanged: number
  /** Exact sum of all changes. */
  change: string
}

/**
 * The lines of one teacher in both runs, each with the one that corresponds to it: same kind, clause, area and fact, and where
 * several are alike in all that, the first with the first. Every line stands in one pair, so that the changes add up.
 */
export async function readLinePairs(
  db: Kysely<CoreTables>,
  pair: RunPair,
  teacherId: number,
): Promise<LinePairs> {
  const { rows } = await sql<LinePair & { total: string; of: number }>`
    with fact_pair as (${factPairs(pair, teacherId)}),
    before as (${linesOf(pair.before, teacherId, 'before_no')}),
    after as (${linesOf(pair.after, teacherId, 'after_no')}),
    line_pair as (
      select coalesce(a.kind, b.kind) as kind, coalesce(a.area, b.area) as area, coalesce(a.clause, b.clause) as clause,
        coalesce(a.fact_key, b.fact_key) as fact_key, b.amount as before, a.amount as after,
        coalesce(a.amount, 0) - coalesce(b.amount, 0) as change
      from before b
      full join after a on a.kind = b.kind and a.clause = b.clause and a.area_key = b.area_key
        and a.fact_key = b.fact_key and a.nth = b.nth
    )
    select l.kind, l.area, l.clause, trim_scale(l.before)::text as before, trim_scale(l.after)::text as after,
      trim_scale(l.change)::text as change, ${factOf(pair.before, teacherId, 'before_no')} as "factBefore",
      ${factOf(pair.after, teacherId, 'after_no')} as "factAfter",
      trim_scale(sum(l.change) over ())::text as total, (count(*) over ())::int as of
    from line_pair l
    left join fact_pair p on p.fact_key = l.fact_key
    order by abs(l.change) desc, l.clause collate "C", l.kind, l.fact_key`.execute(db)
  const changed = rows.filter(({ change }) => change !== '0')
  return {
    changed: changed.map(({ total: _total, of: _of, ...line }) => line),
    unchanged: rows.length - changed.length,
    change: rows[0]?.total ?? '0',
  }
}

/** A teacher's lines with the key of their fact (0: the line is about a sum) and their number among lines alike. */
function linesOf(run: FinishedRun, teacherId: number, factColumn: string): RawBuilder<unknown> {
  return sql`select l.kind, l.area, coalesce(l.area, '') as area_key, l.clause, l.amount,
      coalesce(p.fact_key, 0) as fact_key,
      row_number() over (partition by l.kind, l.clause, l.area, p.fact_key order by l.line_no) as nth
    from core.run_line l
    left join fact_pair p on p.${sql.ref(factColumn)} = l.fact_no
    where l.run_id = ${run.id} and l.teacher_id = ${teacherId}`
}

/** The fact of a pair as a snapshot holds it, in the contract's words; null: it holds none. */
function factOf(run: FinishedRun, teacherId: number, factColumn: string): RawBuilder<unknown> {
  return sql`(select jsonb_build_object('factNo', f.fact_no, 'indicator', f.indicator,
      'happenedOn', f.happened_on, 'quantity', trim_scale(f.quantity)::text, 'role', f.role,
      'participants', f.participants, 'share', trim_scale(f.share)::text, 'attributes', f.attributes,
      'evidenceId', f.evidence_id, 'evidenceTitle', e.title)
    from core.snapshot_fact f left join core.evidence e on e.id = f.evidence_id
    where f.snapshot_id = ${run.snapshotId} and f.teacher_id = ${teacherId}
      and f.fact_no = p.${sql.ref(factColumn)})`
}
