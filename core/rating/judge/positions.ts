import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { normOfPosition } from '../compile/norm.ts'
import type { Norm } from '../compile/norm.ts'
import { numbered } from '../score/total-teachers.ts'
import type { Source } from '../write/source.ts'
import type { Query } from '../query.ts'

/** A position that is unknown where norms or leagues ask for it, a norm that is missing or cannot divide, a teacher in no league. */
export function positionReasons({ document, snapshotId }: Source): Query[] {
  const from = sql`from rating_total r
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = r.teacher_id`
  const unknown = sql`select t.teacher_id, 'blocked', 'position-unknown', null::text, '{}'::jsonb
    ${from} where t.position is null`
  const noLeague = document.leagues.some(({ where }) => where.length > 0) ? 'league-none' : 'league-missing'
  return [
    ...(asksForPosition(document) ? [unknown] : []),
    ...document.norms.flatMap((norm, index) =>
      normReasons(norm, sql`r.${numbered('norm', index)}`, { from, isAsked: asksForPosition(document) }),
    ),
    sql`select t.teacher_id, 'excluded', ${noLeague}::text, null::text, jsonb_build_object('position', t.position)
      ${from} where r.league is null and (t.position is not null or ${sql.lit(!asksForPosition(document))})`,
  ]
}

function asksForPosition({ norms, leagues }: RegulationDocument): boolean {
  return (
    norms.some(({ byPosition }) => Object.keys(byPosition).length > 0) ||
    leagues.some(({ positions }) => positions.length > 0)
  )
}

/** `isAsked`: an unknown position is told by a reason of its own. */
function normReasons(
  norm: Norm,
  value: Query,
  { from, isAsked }: { from: Query; isAsked: boolean },
): Query[] {
  const held =
    norm.position === 'by-days'
      ? {
          from: sql`${from} join core.snapshot_post q on q.snapshot_id = t.snapshot_id and q.teacher_id = t.teacher_id`,
          position: sql`q.position`,
        }
      : { from, position: sql`t.position` }
  const position = (of: Query) => sql`jsonb_build_object('position', ${of})`
  const own = normOfPosition(norm, held.position)
  const lacks = sql`${held.position} is not null and ${own} is null`
  const missing = sql`select distinct t.teacher_id, 'blocked', 'norm-missing', ${norm.id}::text, ${position(held.position)}
    ${held.from} where ${value} is null and ${lacks}`
  const unknown = sql`select t.teacher_id, 'blocked', 'norm-unknown', ${norm.id}::text, ${position(sql`max(t.position)`)}
    ${held.from} where ${value} is null and (t.position is not null or ${sql.lit(!isAsked)})
    group by t.teacher_id having not bool_or(${lacks})`
  const zero = sql`select t.teacher_id, 'blocked', 'norm-zero', ${norm.id}::text, ${position(sql`t.position`)} ${from} where ${value} = 0`
  const canBeUnknown =
    norm.position === 'by-days' ||
    norm.exceptions.length > 0 ||
    norm.prorate.length > 0 ||
    norm.points === null
  return [missing, ...(canBeUnknown ? [unknown] : []), ...(norm.mode === 'ratio' ? [zero] : [])]
}
