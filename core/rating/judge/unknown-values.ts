import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { factRows } from '../compile/fact-rows.ts'
import type { NumberedCriterion } from '../compile/layers.ts'
import type { RatingPlan } from '../compile/plan.ts'
import type { Step } from '../compile/steps.ts'
import { named, unknownOfRule, unknownOfSplit } from '../compile/unknown.ts'
import type { Query } from '../write/source.ts'

/**
 * Fills `rating_unknown` (teacher_id, no, fact_no, reason): every fact that a criterion counts, but whose points need what nobody
 * gave, with the first such thing. The facts are read again only where there is one.
 */
export async function nameUnknownValues(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  const steps = sql.join(plan.steps.map(({ column }) => sql.id(column)))
  await sql`create temporary table rating_blocked on commit drop as
    select teacher_id, fact_no, no, ${steps} from rating_match where awarded is null`.execute(trx)
  const { rows } = await sql`select 1 from rating_blocked limit 1`.execute(trx)
  const isNone = rows.length === 0
  await sql`create temporary table rating_unknown on commit drop as
    select f.teacher_id, f.no, f.fact_no, ${isNone ? sql`null::jsonb` : reasonOf(plan)} as reason
    from ${isNone ? sql`rating_blocked f` : sql`(${blockedRows(plan)}) f`}`.execute(trx)
}

/** Reasons as judge-teachers.ts takes them. */
export function unknownValueReasons(): Query[] {
  return [
    sql`select u.teacher_id, 'blocked', u.reason ->> 'code', c.id,
        u.reason - 'code' || jsonb_build_object('factNo', u.fact_no)
      from rating_unknown u join rating_criterion c on c.no = u.no`,
  ]
}

function blockedRows(plan: RatingPlan): Query {
  const columns = plan.steps.map(({ column }) => sql`b.${sql.id(column)}`)
  return sql`select f.*, b.no, ${sql.join(columns)} from rating_blocked b
    join (${factRows(plan.period, plan.reads)}) f on f.teacher_id = b.teacher_id and f.fact_no = b.fact_no`
}

/** The reason of the first step that gave nothing. */
function reasonOf({ steps, criteria }: RatingPlan): Query {
  const branches = steps.map(
    (step) => sql`when f.${sql.id(step.column)} is null then ${reasonOfStep(step, criteria)}`,
  )
  return sql`case ${sql.join(branches, sql` `)} end`
}

function reasonOfStep({ kind, parts }: Step, criteria: readonly NumberedCriterion[]): Query {
  const branches = criteria.flatMap(({ no, criterion }) => {
    const part = parts.get(no)
    const { split } = criterion
    if (!part) return []
    if (part.rule) {
      const reason = unknownOfRule(part.rule, () => [])
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
