import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { numbered } from '../score/total-teachers.ts'
import type { Query } from '../write/source.ts'

/** A position that is unknown where norms or leagues ask for it, without a norm, or in no league; a norm that cannot divide. */
export function positionReasons(document: RegulationDocument, snapshotId: number): Query[] {
  const from = sql`from rating_total r
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = r.teacher_id`
  const position = sql`jsonb_build_object('position', t.position)`
  const asksForPosition =
    document.norms.some(({ byPosition }) => Object.keys(byPosition).length > 0) ||
    document.leagues.some(({ positions }) => positions.length > 0)
  const unknown = sql`select t.teacher_id, 'blocked', 'position-unknown', null::text, '{}'::jsonb
    ${from} where t.position is null and ${sql.lit(asksForPosition)}`
  const norms = document.norms.map((norm, index) => {
    const value = sql`r.${numbered('norm', index)}`
    const isZero = norm.mode === 'ratio' ? sql`${value} = 0` : sql`false`
    return sql`select t.teacher_id, 'blocked', case when ${value} is null then 'norm-missing' else 'norm-zero' end, ${norm.id},
      ${position} ${from} where t.position is not null and (${value} is null or ${isZero})`
  })
  const noLeague = sql`select t.teacher_id, 'excluded', 'league-missing', null::text, ${position}
    ${from} where t.position is not null and r.league is null`
  return [unknown, ...norms, noLeague]
}
