import { sql } from 'kysely'
import { numbered } from '../score/total-teachers.ts'
import type { Query, Source } from './source.ts'

/** The number under which lines of the total are sorted: after all areas. */
const last = sql`32767::smallint`

/** Lines of the total, in the columns of the lines of facts. */
export function totalLines({ document, isAggregated }: Source): Query[] {
  const aggregated = isAggregated
    ? [
        sql`select r.teacher_id, ${last}, null, null, 200, 'aggregate', null, ${aggregationClause}, r.aggregated - r.score
      from rating_total r where r.aggregated <> r.score`,
      ]
    : []
  const norms = document.norms.map((norm, index) => {
    const change = sql`r.${numbered('change', index)}`
    return sql`select r.teacher_id, ${last}, null, null, 210, 'norm', null, ${norm.id}, ${change}
      from rating_total r where ${change} <> 0`
  })
  const { cap, floor } = document.total
  if (cap === null && floor === null) return [...aggregated, ...norms]
  const limit = sql`select r.teacher_id, ${last}, null, null, 220,
      case when r.total < r.normed then 'cap' else 'floor' end, null, ${totalClause}, r.total - r.normed
    from rating_total r where r.total <> r.normed`
  return [...aggregated, ...norms, limit]
}

/** What the line of an aggregation names as its clause. */
export const aggregationClause = 'aggregation'
/** What lines of the total's own limits name as their clause: the part of the document has no id. */
export const totalClause = 'total'
