import { sql } from 'kysely'
import type { RatingPlan } from '../compile/plan.ts'
import { takenTogether } from '../compile/together.ts'
import type { Query } from '../query.ts'
import { numbersOf, staffOfLeaders } from './roll-up.ts'

type Planned = Pick<RatingPlan, 'document' | 'criteria' | 'period'>

/**
 * Teachers with areas in which the points of a fact, or of a figure of several facts, are unknown: a query with teacher_id and
 * area_no, a row for each such fact or figure.
 */
export function unknownOwn({ criteria }: Pick<RatingPlan, 'criteria'>): Query {
  const facts = sql`select m.teacher_id, c.area_no from rating_match m
    join rating_criterion c on c.no = m.no where m.awarded is null`
  if (!criteria.some(takenTogether)) return facts
  return sql`${facts} union all select g.teacher_id, c.area_no from rating_together g
    join rating_criterion c on c.no = g.no where g.points is null`
}

/** The same with areas into which the staff's points roll up, where those are unknown: nothing in them may pass for known. */
export function unknownAreas({ document, criteria, period }: Planned): Query {
  const areas = document.areas.map(({ id }) => id)
  const own = unknownOwn({ criteria })
  const rolled = document.rollUps.map(
    (rule) => sql`select l.teacher_id, ${sql.lit(areas.indexOf(rule.area) + 1)}::smallint
      from ${staffOfLeaders(rule, period.snapshotId)}
      join (${own}) u on u.teacher_id = s.teacher_id and u.area_no in (${numbersOf(rule, areas)})`,
  )
  return sql.join([own, ...rolled], sql` union all `)
}
