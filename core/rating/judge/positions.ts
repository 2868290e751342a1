import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { list } from '../compile/condition.ts'
import type { Query } from '../write/source.ts'

/** A position that is unknown, without a norm, or in no league. */
export function positionReasons(document: RegulationDocument, snapshotId: number): Query[] {
  const frozen = sql`core.snapshot_teacher t where t.snapshot_id = ${snapshotId}`
  const unknown = sql`select t.teacher_id, 'blocked', 'position-unknown', null::text, '{}'::jsonb
    from ${frozen} and t.position is null`
  const noNorm = document.norms.map(
    (norm) => sql`select t.teacher_id, 'blocked', 'norm-missing', ${norm.id},
      jsonb_build_object('position', t.position)
      from ${frozen} and t.position not in (${list(Object.keys(norm.byPosition))})`,
  )
  const positions = document.leagues.flatMap((league) => league.positions)
  const noLeague = sql`select t.teacher_id, 'excluded', 'league-missing', null::text,
      jsonb_build_object('position', t.position)
      from ${frozen} and t.position not in (${list(positions)})`
  return [unknown, ...noNorm, noLeague]
}
