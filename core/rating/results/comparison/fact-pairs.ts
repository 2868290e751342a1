import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { FinishedRun } from '../find-run.ts'
import type { RunPair } from './run-pair.ts'

/**
 * A query with one row (fact_key, before_no, after_no) for each fact of a teacher in either snapshot; a number is null where
 * the fact is in one snapshot only. Two frozen facts are the same fact if they have the same evidence; if one of them has
 * none, by indicator, date and content; and what then is left over, by indicator and date where that leaves no choice.
 */
export function factPairs(pair: RunPair, teacherId: number): RawBuilder<unknown> {
  return sql`
    with then_fact as (${factsOf(pair.before, teacherId)}), now_fact as (${factsOf(pair.after, teacherId)}),
    by_evidence as (${pairBy(sql`evidence_id`, sql`b.evidence_id is not null`, [])}),
    by_content as (${pairBy(
      sql`happened_on, content`,
      sql`(b.evidence_id is null or a.evidence_id is null)`,
      ['by_evidence'],
    )}),
    by_day as (${pairBy(
      sql`happened_on`,
      sql`b.alike = 1 and a.alike = 1 and (b.evidence_id is null or a.evidence_id is null)`,
      ['by_evidence', 'by_content'],
    )}),
    known as (select * from by_evidence union all select * from by_content union all select * from by_day)
    select row_number() over (order by k.before_no, k.after_no) as fact_key, k.before_no, k.after_no
    from (
      select before_no, after_no from known
      union all
      select fact_no, null from then_fact where ${isLeft('before_no', ['known'], 'then_fact')}
      union all
      select null, fact_no from now_fact where ${isLeft('after_no', ['known'], 'now_fact')}
    ) k`
}

/** Content is all that is frozen about a fact but where it stands, so that a new column is part of it at once. */
function factsOf(run: FinishedRun, teacherId: number): RawBuilder<unknown> {
  return sql`select f.fact_no, f.indicator, f.happened_on, f.evidence_id,
      to_jsonb(f) - array['snapshot_id', 'teacher_id', 'fact_no', 'evidence_id'] as content
    from core.snapshot_fact f where f.snapshot_id = ${run.snapshotId} and f.teacher_id = ${teacherId}`
}

/** Pairs of what the earlier steps left, alike in indicator and key, the first with the first. */
function pairBy(
  key: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
  earlier: string[],
): RawBuilder<unknown> {
  const numbered = (facts: string, column: string) => sql`(
    select *, row_number() over (partition by indicator, ${key} order by fact_no) as nth,
      count(*) over (partition by indicator, ${key}) as alike
    from ${sql.table(facts)} where ${isLeft(column, earlier, facts)})`
  return sql`select b.fact_no as before_no, a.fact_no as after_no
    from ${numbered('then_fact', 'before_no')} b
    join ${numbered('now_fact', 'after_no')} a using (indicator, ${key}, nth)
    where ${condition}`
}

function isLeft(column: string, earlier: string[], facts: string): RawBuilder<unknown> {
  if (earlier.length === 0) return sql`true`
  const tests = earlier.map(
    (step) =>
      sql`not exists (select from ${sql.table(step)} s where s.${sql.ref(column)} = ${sql.ref(`${facts}.fact_no`)})`,
  )
  return sql.join(tests, sql` and `)
}
