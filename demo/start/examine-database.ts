import type { ClientBase } from 'pg'
import { UstazError } from '../../core/contract/problem.ts'
import { readMarker } from '../load/marker.ts'
import type { Marker } from '../load/marker.ts'
import { universityCode } from '../people/university.ts'

/**
 * What stands in a database that a demonstration is about to use: its mark, or null where there is nothing yet. Throws
 * `demo.foreign` if there is anything that no demonstration put there.
 */
export async function examineDatabase(client: ClientBase): Promise<Marker | null> {
  const marker = await readMarker(client)
  if (!(await hasTables(client))) return marker
  const { rows } = await client.query<{ units: number; teachers: number; evidence: number }>(
    marker ? countBeside : countAll,
    marker ? [universityCode] : [],
  )
  const { units, teachers, evidence } = rows[0]!
  if (units + teachers + evidence === 0) return marker
  throw new UstazError('demo.foreign', { params: { units, teachers, evidence } })
}

async function hasTables(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('core.unit') is not null and to_regclass('core.evidence') is not null as there`,
  )
  return rows[0]!.there
}

const countAll = `select (select count(*) from core.unit)::int as units, (select count(*) from core.teacher)::int as teachers,
  (select count(*) from core.evidence)::int as evidence`

/** Whatever somebody tries out below the demonstration university is part of it. */
const countBeside = `with recursive ours as (
    select id from core.unit where code = $1 and parent_id is null
    union all select u.id from core.unit u join ours on u.parent_id = ours.id
  )
  select (select count(*) from core.unit where id not in (select id from ours))::int as units,
    (select count(distinct teacher_id) from core.appointment where unit_id not in (select id from ours))::int as teachers,
    0 as evidence`

/**
 * Gives back the space of a loading that was killed: its rows were never there, but the disk still holds them. Only for tables
 * that `examineDatabase` found empty.
 */
export async function clearLeftovers(client: ClientBase): Promise<void> {
  if (!(await hasTables(client))) return
  // Not truncated: frozen tables that refer to evidence refuse that, empty as they are.
  await client.query(
    'vacuum (full) core.evidence, core.evidence_participant, core.evidence_change, core.evidence_file',
  )
}
