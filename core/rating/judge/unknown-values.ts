import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { factRows } from '../compile/fact-rows.ts'
import type { Whose } from '../compile/fact-rows.ts'
import type { RatingPlan } from '../compile/plan.ts'
import type { Step } from '../compile/steps.ts'
import { figureName, figureValues, takenTogether } from '../compile/together.ts'
import { named, unknownOfRule, unknownOfSplit } from '../compile/unknown.ts'
import type { Query } from '../query.ts'

/**
 * Fills `rating_unknown` (teacher_id, no, reason): every fact that a criterion counts, but whose points need what nobody gave, with
 * the first such thing, and every figure of several facts that cannot be told. The facts are read again only where there is one.
 */
export async function nameUnknownValues(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  await sql`create temporary table rating_unknown (teacher_id bigint, no smallint, reason jsonb) on commit drop`.execute(
    trx,
  )
  const person = plan.countsStaff ? sql`fact_teacher_id,` : sql``
  const steps = sql.join(plan.steps.map(({ column }) => sql.id(column)))
  await sql`create temporary table rating_blocked on commit drop as
    select teacher_id, ${person} fact_no, no, ${steps} from rating_match where awarded is null`.execute(trx)
  const { rows } = await sql`select 1 from rating_blocked limit 1`.execute(trx)
  if (rows.length > 0) {
    const whose: Whose[] = plan.countsStaff ? ['own', 'staff'] : ['own']
    await sql`insert into rating_unknown ${sql.join(
      whose.map((one) => unknownFacts(plan, one)),
      sql` union all `,
    )}`.execute(trx)
  }
  if (plan.criteria.some(takenTogether))
    await sql`insert into rating_unknown ${unknownFigures(plan)}`.execute(trx)
}

/** Reasons as judge-teachers.ts takes them. */
export function unknownValueReasons(): Query[] {
  return [
    sql`select u.teacher_id, 'blocked', u.reason ->> 'code', c.id, u.reason - 'code'
      from rating_unknown u join rating_criterion c on c.no = u.no`,
  ]
}

function unknownFacts(plan: RatingPlan, whose: Whose): Query {
  const columns = plan.steps.map(({ column }) => sql`b.${sql.id(column)}`)
  const samePerson = plan.countsStaff
    ? sql`and b.fact_teacher_id is not distinct from f.fact_teacher_id`
    : sql``
  const blocked = sql`select f.*, b.no, ${sql.join(columns)} from rating_blocked b
    join (${factRows(plan, whose)}) f on b.teacher_id = f.teacher_id and b.fact_no = f.fact_no ${samePerson}`
  return sql`select f.teacher_id, f.no, ${reasonOf(plan)} || ${factOf(plan, whose === 'staff' ? sql`f.fact_teacher_id` : null)}
    from (${blocked}) f`
}

/** Which fact a reason is about: its number, and the code of whose it is where it is the staff's. */
function factOf({ period }: RatingPlan, person: Query | null): Query {
  const teacher = sql`, 'teacher', (select t.code from core.snapshot_teacher t
    where t.snapshot_id = ${sql.lit(period.snapshotId)} and t.teacher_id = ${person})`
  return sql`jsonb_build_object('factNo', f.fact_no ${person ? teacher : sql``})`
}

/** The reason of the first step that gave nothing. */
function reasonOf(plan: RatingPlan): Query {
  const branches = plan.steps.map(
    (step) => sql`when f.${sql.id(step.column)} is null then ${reasonOfStep(step, plan)}`,
  )
  return sql`case ${sql.join(branches, sql` `)} end`
}

function reasonOfStep({ kind, parts }: Step, { criteria, answers }: RatingPlan): Query {
  const branches = criteria.flatMap(({ no, criterion }) => {
    const part = parts.get(no)
    const { split } = criterion
    if (!part) return []
    if (part.rule) {
      const reason = unknownOfRule(part.rule, answers)
      return [
        sql`when ${sql.lit(no)} then ${kind === 'factor' ? ofCoefficient(reason, part.clause) : reason}`,
      ]
    }
    if (kind === 'split' && split) return [sql`when ${sql.lit(no)} then ${unknownOfSplit(split)}`]
    const minimum = kind === 'minimum' ? split?.minimum : undefined
    return minimum ? [sql`when ${sql.lit(no)} then ${named(minimum.of)}`] : []
  })
  return branches.length === 0 ? sql`null::jsonb` : sql`case f.no ${sql.join(branches, sql` `)} end`
}

const ofCoefficient = (reason: Query, id: string): Query =>
  sql`${reason} || jsonb_build_object('coefficient', ${sql.lit(id)})`

/** A figure is unknown for the first fact without the value; what the rule makes of a known one is about no single fact. */
function unknownFigures(plan: RatingPlan): Query {
  const reasons = plan.criteria.filter(takenTogether).map(({ no, criterion }) => {
    const name = figureName(criterion, plan.answers)
    const ofRule = unknownOfRule(criterion.points, plan.answers, figureValues(name))
    return sql`when ${sql.lit(no)} then case when f.figure is null then ${named(name)} else ${ofRule} end`
  })
  const order = plan.countsStaff ? sql`person_no, fact_no` : sql`fact_no`
  const counts = plan.drops.length === 0 ? sql`` : sql`and m.dropped is null`
  const person = plan.countsStaff ? sql`, m.fact_teacher_id` : sql``
  const first = sql`select distinct on (m.teacher_id, m.no) m.teacher_id, m.no, m.fact_no ${person}
    from rating_match m where m.figure is null ${counts} order by m.teacher_id, m.no, ${order}`
  return sql`select f.teacher_id, f.no, case f.no ${sql.join(reasons, sql` `)} end || ${factOf(plan, plan.countsStaff ? sql`f.fact_teacher_id` : null)}
    from (select g.*, m.fact_no ${person} from rating_together g
          left join (${first}) m on g.figure is null and m.teacher_id = g.teacher_id and m.no = g.no
          where g.points is null) f`
}
