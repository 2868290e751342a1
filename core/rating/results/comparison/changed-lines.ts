import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { ChangedLine } from '../../../contract/resources/run-comparison.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { FinishedRun } from '../find-run.ts'
import type { FactContent } from './fact-changes.ts'
import { factContent, factPairs } from './fact-pairs.ts'
import type { RunPair } from './run-pair.ts'

/** A line as the two runs hold it, without its explanation. */
export interface LinePair extends Pick<
  ChangedLine,
  'kind' | 'area' | 'clause' | 'before' | 'after' | 'change' | 'factBefore' | 'factAfter'
> {
  /** All that is frozen about the fact, by the names of the columns; null: the snapshot does not hold it. */
  contentBefore: FactContent | null
  contentAfter: FactContent | null
}
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
  const { rows } = await sql<LinePair & { total: string }>`
    with fact_pair as (${factPairs(pair, teacherId)}),
    before as (${linesOf(pair.before, teacherId, 'before_no')}),
    after as (${linesOf(pair.after, teacherId, 'after_no')}),
    line_pair as (
      select coalesce(a.kind, b.kind) as kind, coalesce(a.area, b.area) as area, coalesce(a.clause, b.clause) as clause,
        coalesce(a.thing, b.thing) as thing, b.amount as before, a.amount as after,
        coalesce(a.amount, 0) - coalesce(b.amount, 0) as change,
        coalesce(b.owner, a.owner) as before_owner, case when b.kind is null then a.before_no else b.before_no end as before_no,
        coalesce(a.owner, b.owner) as after_owner, case when a.kind is null then b.after_no else a.after_no end as after_no
      from before b
      full join after a on a.kind = b.kind and a.clause = b.clause and a.area_key = b.area_key
        and a.thing = b.thing and a.nth = b.nth
    )
    select l.kind, l.area, l.clause, trim_scale(l.before)::text as before, trim_scale(l.after)::text as after,
      trim_scale(l.change)::text as change, trim_scale(sum(l.change) over ())::text as total,
      was.fact as "factBefore", was.content as "contentBefore", is_now.fact as "factAfter", is_now.content as "contentAfter"
    from line_pair l
    left join lateral ${factOf(pair.before, 'before')} was on true
    left join lateral ${factOf(pair.after, 'after')} is_now on true
    order by abs(l.change) desc, l.clause collate "C", l.kind, l.thing`.execute(db)
  const changed = rows.filter(({ change }) => change !== '0')
  return {
    changed: changed.map(({ total: _total, ...line }) => line),
    unchanged: rows.length - changed.length,
    change: rows[0]?.total ?? '0',
  }
}

/** A teacher's lines with the thing they count (0: the line is about a sum) and their number among lines alike. */
function linesOf(run: FinishedRun, teacherId: number, column: string): RawBuilder<unknown> {
  return sql`select l.kind, l.area, coalesce(l.area, '') as area_key, l.clause, l.amount,
      coalesce(p.thing, 0) as thing, p.owner, p.before_no, p.after_no,
      row_number() over (partition by l.kind, l.clause, l.area, p.thing order by l.line_no) as nth
    from core.run_line l
    left join fact_pair p on p.owner = coalesce(l.fact_teacher_id, l.teacher_id) and p.${sql.ref(column)} = l.fact_no
    where l.run_id = ${run.id} and l.teacher_id = ${teacherId}`
}

/** The fact of a pair as a snapshot holds it, in the contract's words and whole. */
function factOf(run: FinishedRun, side: 'before' | 'after'): RawBuilder<unknown> {
  return sql`(
    select ${factContent} as content, jsonb_build_object('factNo', f.fact_no, 'indicator', f.indicator,
      'happenedOn', f.happened_on, 'quantity', trim_scale(f.quantity)::text, 'role', f.role,
      'participants', f.participants, 'share', trim_scale(f.share)::text, 'attributes', f.attributes,
      'evidenceId', f.evidence_id, 'evidenceTitle', e.title) as fact
    from core.snapshot_fact f left join core.evidence e on e.id = f.evidence_id
    where f.snapshot_id = ${run.snapshotId} and f.teacher_id = l.${sql.ref(`${side}_owner`)}
      and f.fact_no = l.${sql.ref(`${side}_no`)})`
}
