import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Requirement } from '../../contract/regulation/result.ts'
import type { Query } from '../query.ts'

/** Whether a requirement of this document can have this effect. */
export function hasEffect(
  { requirements }: RegulationDocument,
  kind: Requirement['effect']['kind'],
): boolean {
  return requirements.some(({ effect }) => effect.kind === kind)
}

/** Teachers who do not meet a requirement with this effect, with its clause: the first in the document. */
export function unmet(kind: Requirement['effect']['kind']): Query {
  return sql`select distinct on (teacher_id) teacher_id, clause from rating_requirement
    where effect = ${kind} and not met order by teacher_id, requirement_no`
}

/** Every rated teacher with what was decided so far: teacher_id, league, status, reasons, total (null: blocked). */
export function judged(document: RegulationDocument): Query {
  const zeroed = hasEffect(document, 'zero')
  const total = zeroed ? sql`case when z.teacher_id is null then r.total else 0 end` : sql`r.total`
  return sql`select r.teacher_id, r.league, coalesce(reason.status, 'ranked') as status,
      coalesce(reason.reasons, '[]') as reasons,
      case when reason.status is distinct from 'blocked' then ${total} end as total
    from rating_total r
    left join (
      select teacher_id, min(severity) as status, jsonb_agg(jsonb_build_object('code', code, 'clause', clause,
        'params', params) order by severity, code, clause, params) as reasons
      from rating_reason group by teacher_id
    ) reason on reason.teacher_id = r.teacher_id
    ${zeroed ? sql`left join (${unmet('zero')}) z on z.teacher_id = r.teacher_id` : sql``}`
}
