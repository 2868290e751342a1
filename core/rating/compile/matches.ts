import { sql } from 'kysely'
import { factRows } from './fact-rows.ts'
import { compileLayers } from './layers.ts'
import type { RatingPlan } from './plan.ts'
import type { Step } from './steps.ts'
import type { Fragment } from './value.ts'

/**
 * Every pair of a frozen fact and a criterion that counts it, as a query with columns teacher_id, fact_no, no (the criterion),
 * a column for each step of the plan (null: an unknown value blocks; the last is awarded). The facts are read once for each layer.
 */
export function compileMatches(plan: RatingPlan): Fragment {
  const chosen = compileLayers(factRows(plan.period, plan.reads), plan.criteria, plan.period)
  const before = plan.steps.slice(0, -1)
  const { rows, points } = before.reduce(take, { rows: chosen, points: sql`null::numeric` })
  const columns = before.map(({ column }) => sql`f.${sql.id(column)},`)
  return sql`select f.teacher_id, f.fact_no, f.no::smallint as no, ${sql.join(columns, sql` `)}
      ${pointsAfter(plan.steps.at(-1)!, points)} as awarded
    from (${rows}) f`
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
