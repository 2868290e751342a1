import { sql } from 'kysely'
import type { Query } from './source.ts'

/** Lines of single facts and of a criterion's sum, as columns teacher_id, area_no, no, fact_no, kind_no, kind, area, clause, amount. */
export function factLines(): Query[] {
  return [
    sql`select m.teacher_id, c.area_no, m.no, m.fact_no, 1 as kind_no, 'points' as kind, c.area, c.id as clause,
        m.points as amount
      from rating_match m join rating_criterion c on c.no = m.no where m.points is not null`,
    sql`select m.teacher_id, c.area_no, m.no, m.fact_no, 2, 'split', c.area, c.id, m.shared - m.points
      from rating_match m join rating_criterion c on c.no = m.no where m.shared <> m.points`,
    sql`select m.teacher_id, c.area_no, m.no, m.fact_no, 3, 'minimum', c.area, c.id, m.awarded - m.shared
      from rating_match m join rating_criterion c on c.no = m.no where m.awarded <> m.shared`,
    sql`select s.teacher_id, s.area_no, s.no, null, 4, 'cap', c.area, c.id, s.capped - s.awarded
      from rating_sum s join rating_criterion c on c.no = s.no where s.capped < s.awarded`,
  ]
}
