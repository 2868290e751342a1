import { sql } from 'kysely'
import type { RatingPlan } from '../compile/plan.ts'
import type { Step } from '../compile/steps.ts'
import type { Query } from './source.ts'

/** Lines of single facts and of a criterion's sum, as columns teacher_id, area_no, no, fact_no, kind_no, kind, area, clause, amount. */
export function factLines(plan: RatingPlan): Query[] {
  return [
    ...plan.steps.map((step, index) => stepLine(step, plan.steps[index - 1] ?? null, index + 1)),
    ...sumLines(plan),
  ]
}

function sumLines({ document: { criteria } }: RatingPlan): Query[] {
  const line = (kindNo: number, kind: string, amount: Query, isWritten: Query) =>
    sql`select s.teacher_id, s.area_no, s.no, null, ${sql.lit(kindNo)}, ${sql.lit(kind)}, c.area, c.id, ${amount}
      from rating_sum s join rating_criterion c on c.no = s.no where ${isWritten}`
  return [
    ...(criteria.some(({ window }) => window?.average)
      ? [line(101, 'average', sql`s.awarded - s.summed`, sql`s.awarded <> s.summed`)]
      : []),
    ...(criteria.some(({ cap }) => cap !== null)
      ? [line(102, 'cap', sql`s.capped - s.awarded`, sql`s.capped < s.awarded`)]
      : []),
    ...(criteria.some(({ floor }) => floor !== null)
      ? [line(102, 'floor', sql`s.capped - s.awarded`, sql`s.capped > s.awarded`)]
      : []),
  ]
}

/** What a step changes; the first one writes its line also where it gives 0 points. */
function stepLine(step: Step, before: Step | null, kindNo: number): Query {
  const after = sql`m.${sql.id(step.column)}`
  const amount = before ? sql`${after} - m.${sql.id(before.column)}` : after
  const isWritten = before ? sql`${after} <> m.${sql.id(before.column)}` : sql`${after} is not null`
  return sql`select m.teacher_id, c.area_no, m.no, m.fact_no, ${sql.lit(kindNo)} as kind_no, ${sql.lit(step.kind)} as kind,
      c.area, ${clauseOf(step)} as clause, ${amount} as amount
    from rating_match m join rating_criterion c on c.no = m.no where ${isWritten}`
}

function clauseOf({ kind, parts }: Step): Query {
  if (kind !== 'factor') return sql`c.id`
  const branches = [...parts].map(([no, { clause }]) => sql`when ${sql.lit(no)} then ${sql.lit(clause)}`)
  return sql`case m.no ${sql.join(branches, sql` `)} end`
}
