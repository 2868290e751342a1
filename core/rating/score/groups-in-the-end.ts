import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { partCut } from '../compile/ceiling.ts'
import { stretchedAreas } from '../compile/extrapolation.ts'
import { quotient } from '../compile/value.ts'
import type { Query } from '../query.ts'
import { sharesOf } from './cut-shares.ts'

/**
 * The groups of every rated teacher after all that is done to groups, to read from: teacher_id, group_no, matches and points, which are
 * stretched with their area and cut to their share of the total.
 */
export function groupsInTheEnd(document: RegulationDocument): Query {
  const shares = sharesOf(document).filter(({ groupNo }) => groupNo !== null)
  const areas = stretchedAreas(document)
  if (shares.length === 0 && areas.length === 0) return sql`rating_group`
  const stretched =
    areas.length === 0
      ? sql`g.points`
      : sql`case when a.due <> a.given and g.area_no in (${sql.join(areas.map((no) => sql.lit(no)))})
          then ${quotient(sql`g.points * a.due`, sql`a.given`)} else g.points end`
  const days =
    areas.length === 0
      ? sql``
      : sql`join (select distinct teacher_id, due, given from rating_area) a on a.teacher_id = g.teacher_id`
  const cuts = shares.map(
    (part) =>
      sql`when ${sql.lit(part.groupNo)} then ${partCut({ ...part, column: `c.${part.column}` }, sql`c.ceiling`)}`,
  )
  const cut = cuts.length === 0 ? sql`0` : sql`case g.group_no ${sql.join(cuts, sql` `)} else 0 end`
  const ceilings = cuts.length === 0 ? sql`` : sql`join rating_ceiling c on c.teacher_id = g.teacher_id`
  return sql`(select g.teacher_id, g.group_no, g.matches, ${stretched} - ${cut} as points
    from rating_group g ${days} ${ceilings}) g`
}
