import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { numberCriteria } from '../compile/matches.ts'
import { valueReadBy } from '../compile/rule.ts'
import type { Query } from '../write/source.ts'

/** A fact that a criterion counts, but whose points need a value nobody gave. */
export function unknownValueReasons(document: RegulationDocument): Query[] {
  const rows = numberCriteria(document).map(({ no, criterion }) => {
    const minimum = criterion.split?.minimum?.of ?? null
    return sql`(${no}::smallint, ${valueReadBy(criterion.points)}::text, ${minimum}::text)`
  })
  return [
    sql`select m.teacher_id, 'blocked', 'value-unknown', c.id, jsonb_build_object('factNo', m.fact_no, 'value',
        case when m.points is null then v.rule when m.shared is null then 'share' else v.minimum end)
      from rating_match m
      join rating_criterion c on c.no = m.no
      join (values ${sql.join(rows)}) v (no, rule, minimum) on v.no = m.no
      where m.awarded is null`,
  ]
}
