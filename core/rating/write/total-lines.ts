import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { hasEffect, unmet } from '../rank/judged.ts'
import { numbered } from '../score/total-teachers.ts'
import type { Source } from './source.ts'
import type { Query } from '../query.ts'

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
  return [...aggregated, ...norms, ...limitLine(document), ...zeroLine(document)]
}

function limitLine({ total: { cap, floor } }: RegulationDocument): Query[] {
  if (cap === null && floor === null) return []
  const limit = sql`select r.teacher_id, ${last}, null, null, 220,
      case when r.total < r.normed then 'cap' else 'floor' end, null, ${totalClause}, r.total - r.normed
    from rating_total r where r.total <> r.normed`
  return [limit]
}

/** An unmet requirement that leaves nothing of the total. */
function zeroLine(document: RegulationDocument): Query[] {
  if (!hasEffect(document, 'zero')) return []
  return [
    sql`select r.teacher_id, ${last}, null, null, 230, 'requirement', null, z.clause, -r.total
      from rating_total r join (${unmet('zero')}) z on z.teacher_id = r.teacher_id where r.total <> 0`,
  ]
}

/** What the line of an aggregation names as its clause. */
export const aggregationClause = 'aggregation'
/** What lines of the total's own limits name as their clause: the part of the document has no id. */
export const totalClause = 'total'
