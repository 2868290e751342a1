import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { FinishedRun } from '../find-run.ts'
import type { RunPair } from './run-pair.ts'

/**
 * A query with one row (thing, owner, before_no, after_no) for each fact of a teacher, and of the staff whose facts count for the
 * teacher, in either snapshot; a number is null where the fact is in one snapshot only. Two frozen facts of a person are the
 * same fact if they have the same evidence; if one of them has none, by indicator, date and content; and what then is left
 * over, by indicator and date where that leaves no choice. Facts of several people about one evidence are one `thing`: for a
 * leader it counts once, by whoever of the staff.
 */
export function factPairs(pair: RunPair, teacherId: number): RawBuilder<unknown> {
  return sql`
    with owner as (
      select ${teacherId}::bigint as teacher_id
      union
      select fact_teacher_id from core.run_line
      where run_id in (${pair.before.id}, ${pair.after.id}) and teacher_id = ${teacherId} and fact_teacher_id is not null
    ),
    then_fact as (${factsOf(pair.before)}), now_fact as (${factsOf(pair.after)}),
    ${sql.join(steps.map(stepOf))},
    known as (${sql.join(
      steps.map(({ name }) => sql`select * from ${sql.table(name)}`),
      sql` union all `,
    )})
    select case when evidence_id is null then numbered.no
        else min(numbered.no) over (partition by indicator, evidence_id) end as thing,
      owner, before_no, after_no
    from (
      select k.*, row_number() over (order by owner, before_no, after_no) as no from (
        select * from known
        union all
        select indicator, evidence_id, owner, fact_no, null from then_fact where ${isLeft('before_no', ['known'], 'then_fact')}
        union all
        select indicator, evidence_id, owner, null, fact_no from now_fact where ${isLeft('after_no', ['known'], 'now_fact')}
      ) k
    ) numbered`
}

/** Content is all that is frozen about a fact but where it stands, so that a new column is part of it at once. */
export const factContent = sql`(to_jsonb(f) - array['snapshot_id', 'teacher_id', 'fact_no', 'evidence_id'])`

function factsOf(run: FinishedRun): RawBuilder<unknown> {
  return sql`select f.teacher_id as owner, f.fact_no, f.indicator, f.happened_on, f.evidence_id, ${factContent} as content
    from core.snapshot_fact f join owner using (teacher_id) where f.snapshot_id = ${run.snapshotId}`
}

interface Step {
  name: string
  /** What must be alike besides owner and indicator. */
  key: RawBuilder<unknown>
  where: RawBuilder<unknown>
}
const oneWithoutEvidence = sql`(b.evidence_id is null or a.evidence_id is null)`
/** Each pairs what the ones before it left, the first with the first. */
const steps: readonly Step[] = [
  { name: 'by_evidence', key: sql`evidence_id`, where: sql`true` },
  { name: 'by_content', key: sql`happened_on, content`, where: oneWithoutEvidence },
  {
    name: 'by_day',
    key: sql`happened_on`,
    where: sql`b.alike = 1 and a.alike = 1 and ${oneWithoutEvidence}`,
  },
]

function stepOf({ name, key, where }: Step, index: number): RawBuilder<unknown> {
  const earlier = steps.slice(0, index).map((step) => step.name)
  const numbered = (facts: string, column: string) => sql`(
    select *, row_number() over (partition by owner, indicator, ${key} order by fact_no) as nth,
      count(*) over (partition by owner, indicator, ${key}) as alike
    from ${sql.table(facts)} where ${isLeft(column, earlier, facts)})`
  return sql`${sql.ref(name)} as (
    select indicator, coalesce(a.evidence_id, b.evidence_id) as evidence_id, owner, b.fact_no as before_no, a.fact_no as after_no
    from ${numbered('then_fact', 'before_no')} b
    join ${numbered('now_fact', 'after_no')} a using (owner, indicator, ${key}, nth)
    where ${where})`
}

function isLeft(column: string, earlier: readonly string[], facts: string): RawBuilder<unknown> {
  if (earlier.length === 0) return sql`true`
  const tests = earlier.map(
    (step) => sql`not exists (select from ${sql.table(step)} s where s.owner = ${sql.ref(`${facts}.owner`)}
      and s.${sql.ref(column)} = ${sql.ref(`${facts}.fact_no`)})`,
  )
  return sql.join(tests, sql` and `)
}
