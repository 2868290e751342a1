import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Fragment } from './value.ts'

/** Units of these kinds give points to who leads them, or let them be rated. */
export const leaderKinds = {
  'department-leaders': ['department'],
  'faculty-leaders': ['faculty'],
  department: ['department'],
  faculty: ['faculty'],
  any: ['department', 'faculty'],
} as const

/** Whether the frozen teacher, called t, is among those the document rates. */
export function compileRated({ rated }: RegulationDocument): Fragment {
  if (rated === 'all') return sql`true`
  const kinds = leaderKinds[rated].map((kind) => sql.lit(kind))
  return sql`exists (select from core.snapshot_leader l
    join core.snapshot_unit u on u.snapshot_id = l.snapshot_id and u.unit_id = l.unit_id
    where l.snapshot_id = t.snapshot_id and l.teacher_id = t.teacher_id and u.kind in (${sql.join(kinds)}))`
}
