import { sql } from 'kysely'
import { all } from './condition.ts'
import { compileExclusions } from './exclusion.ts'
import { factRows } from './fact-rows.ts'
import type { Whose } from './fact-rows.ts'
import { compileLayers } from './layers.ts'
import type { NumberedCriterion } from './layers.ts'
import type { RatingPlan } from './plan.ts'
import type { Step } from './steps.ts'
import type { Fragment } from './value.ts'

/**
 * Every pair of a frozen fact and a criterion that counts it, as a query with columns teacher_id, fact_no, no (the criterion),
 * a column for each step of the plan (null: an unknown value blocks; the last is awarded) and those of plan.extras; with
 * criteria over the staff also fact_teacher_id and person_no. The facts are read once for each layer, and once for each of the staff's.
 */
export function compileMatches(plan: RatingPlan): Fragment {
  const parts = (['own', 'staff'] as const).flatMap((whose) => {
    const criteria = plan.criteria.filter(({ criterion }) => criterion.whose === whose)
    return criteria.length === 0 ? [] : [compilePart(plan, whose, criteria)]
  })
  return sql.join(parts, sql` union all `)
}

function compilePart(plan: RatingPlan, whose: Whose, criteria: readonly NumberedCriterion[]): Fragment {
  const matched = compileLayers(factRows(plan, whose), criteria, plan.period)
  const exclusions = compileExclusions(plan.document.exclusions)
  const chosen =
    exclusions.length === 0 ? matched : sql`select f.* from (${matched}) f where ${all(exclusions)}`
  const counted = whose === 'staff' ? eachEvidenceOnce(chosen) : chosen
  const before = plan.steps.slice(0, -1)
  const { rows, points } = before.reduce(take, { rows: counted, points: sql`null::numeric` })
  const person = plan.countsStaff ? sql`f.fact_teacher_id, f.person_no,` : sql``
  const columns = before.map(({ column }) => sql`f.${sql.id(column)},`)
  const extras = plan.extras.map(({ column, value }) => sql`, ${value} as ${sql.id(column)}`)
  return sql`select f.teacher_id, ${person} f.fact_no, f.no::smallint as no, ${sql.join(columns, sql` `)}
      ${pointsAfter(plan.steps.at(-1)!, points)} as awarded ${sql.join(extras, sql` `)}
    from (${rows}) f`
}

/** Of the staff's facts about one evidence that a criterion counts, the one of whoever comes first by code. */
function eachEvidenceOnce(chosen: Fragment): Fragment {
  const evidence = sql`coalesce(f.evidence_id::text, f.fact_teacher_id || '/' || f.fact_no)`
  return sql`select distinct on (f.teacher_id, f.no, ${evidence}) f.* from (${chosen}) f
    order by f.teacher_id, f.no, ${evidence}, f.person_no, f.fact_no`
}

/** A step over the rows of the one before; the barrier keeps the server from working its points out twice. */
function take({ rows, points }: { rows: Fragment; points: Fragment }, step: Step) {
  const column = sql.id(step.column)
  return {
    rows: sql`select f.*, ${pointsAfter(step, points)} as ${column} from (${rows}) f offset 0`,
    points: sql`f.${column}`,
  }
}

function pointsAfter({ parts }: Step, points: Fragment): Fragment {
  const branches = [...parts].map(([no, part]) => sql`when ${sql.lit(no)} then ${part.compile(points)}`)
  return sql`case f.no ${sql.join(branches, sql` `)} else ${points} end`
}
