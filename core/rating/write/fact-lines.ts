import { sql } from 'kysely'
import type { RatingPlan } from '../compile/plan.ts'
import type { Step } from '../compile/steps.ts'
import { takenTogether } from '../compile/together.ts'
import type { Query } from '../query.ts'

/**
 * Lines of single facts and of a criterion's sum, as columns teacher_id, area_no, no, fact_no, kind_no, kind, area, clause, amount;
 * with criteria over the staff also fact_teacher_id and person_no (null: one's own fact, or none).
 */
export function factLines(plan: RatingPlan): Query[] {
  return [
    ...plan.steps.map((step, index) => stepLine(plan, step, index)),
    ...plan.drops.slice(0, 1).map(() => dropLine(plan)),
    ...sumLines(plan),
  ]
}

/** Further columns of a line of a match called m, or of none. */
const personOf = ({ countsStaff }: RatingPlan) =>
  countsStaff ? sql`, m.fact_teacher_id, m.person_no` : sql``
const noPerson = ({ countsStaff }: RatingPlan) => (countsStaff ? sql`, null::bigint, null::bigint` : sql``)

/** What a step changes; the first one writes its line also where it gives 0 points. */
function stepLine(plan: RatingPlan, step: Step, index: number): Query {
  const before = plan.steps[index - 1]
  const after = sql`m.${sql.id(step.column)}`
  const amount = before ? sql`${after} - m.${sql.id(before.column)}` : after
  const isWritten = before ? sql`${after} <> m.${sql.id(before.column)}` : sql`${after} is not null`
  return sql`select m.teacher_id, c.area_no, m.no, m.fact_no, ${sql.lit(index + 1)} as kind_no, ${sql.lit(step.kind)} as kind,
      c.area, ${clauseOf(step)} as clause, ${amount} as amount ${personOf(plan)}
    from rating_match m join rating_criterion c on c.no = m.no where ${isWritten}`
}

function clauseOf({ kind, parts }: Step): Query {
  if (kind !== 'factor') return sql`c.id`
  const branches = [...parts].map(([no, { clause }]) => sql`when ${sql.lit(no)} then ${sql.lit(clause)}`)
  return sql`case m.no ${sql.join(branches, sql` `)} end`
}

/** What is taken away from facts that do not count after all; also 0 where the facts count together and give nothing themselves. */
function dropLine(plan: RatingPlan): Query {
  const rows = plan.drops.map(
    ({ no, kind, clause }) => sql`(${no}::smallint, ${kind}::text, ${clause}::text)`,
  )
  const together = plan.criteria.filter(takenTogether).map(({ no }) => sql.lit(no))
  const isWritten = together.length === 0 ? sql`` : sql`or m.no in (${sql.join(together)})`
  return sql`select m.teacher_id, c.area_no, m.no, m.fact_no, 90, d.kind, c.area, d.clause, -m.awarded ${personOf(plan)}
    from rating_match m
    join rating_criterion c on c.no = m.no
    join (values ${sql.join(rows)}) d (no, kind, clause) on d.no = m.dropped
    where m.awarded <> 0 ${isWritten}`
}

function sumLines(plan: RatingPlan): Query[] {
  const { criteria } = plan.document
  const line = (kindNo: number, kind: string, amount: Query, isWritten: Query) =>
    sql`select s.teacher_id, s.area_no, s.no, null, ${sql.lit(kindNo)}, ${sql.lit(kind)}, c.area, c.id, ${amount} ${noPerson(plan)}
      from rating_sum s join rating_criterion c on c.no = s.no where ${isWritten}`
  const together = sql`select g.teacher_id, c.area_no, g.no, null, 91, 'together', c.area, c.id, g.points ${noPerson(plan)}
    from rating_together g join rating_criterion c on c.no = g.no where g.points is not null`
  return [
    ...(plan.criteria.some(takenTogether) ? [together] : []),
    ...(criteria.some(({ window }) => window?.average)
      ? [line(92, 'average', sql`s.awarded - s.summed`, sql`s.awarded <> s.summed`)]
      : []),
    ...(criteria.some(({ cap }) => cap !== null)
      ? [line(93, 'cap', sql`s.capped - s.awarded`, sql`s.capped < s.awarded`)]
      : []),
    ...(criteria.some(({ floor }) => floor !== null)
      ? [line(93, 'floor', sql`s.capped - s.awarded`, sql`s.capped > s.awarded`)]
      : []),
  ]
}
