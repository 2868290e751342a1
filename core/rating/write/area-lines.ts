import { sql } from 'kysely'
import { weightTable } from './source.ts'
import type { Query, Source } from './source.ts'

/** Lines of whole areas, in the columns of the lines of facts. */
export function areaLines(source: Source): Query[] {
  return [
    sql`select r.teacher_id, r.area_no, null, null, 5, 'cap', r.area, r.area, r.points - r.raw
      from rating_area r where r.points < r.raw`,
    sql`select r.teacher_id, r.area_no, null, null, 6, 'weight', r.area, ${source.document.weighting.id},
        r.points * w.weight - r.points
      from rating_area r join ${weightTable(source)} on w.area = r.area where w.weight <> 1 and r.points <> 0`,
  ]
}
