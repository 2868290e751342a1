import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { rights } from '../access/rights.ts'
import type { Action } from '../access/rights.ts'
import type { CoreTables } from '../database/tables.ts'
import { isSeenByOthers } from '../rating/results/seen-runs.ts'

export interface OwnReader {
  accountId: number
  teacherId: number
}

/**
 * Accounts of the teachers in a run who may see their own result of it: none while the run is not published, withdrawn or in its
 * shadow period, and none of whoever is locked out or has no role that reads the own result.
 */
export async function findOwnReaders(db: Kysely<CoreTables>, runId: number): Promise<OwnReader[]> {
  const { rows } = await sql<OwnReader>`
    select a.id as "accountId", t.teacher_id as "teacherId"
    from core.run_teacher t join core.account a on a.teacher_id = t.teacher_id
    where t.run_id = ${runId} and a.locked_at is null and ${isSeenByOthers(sql`${runId}::bigint`)}
      and exists (select from core.account_role r where r.account_id = a.id and r.role = any(${ownRoles('result.read')}::text[]))
    order by a.id`.execute(db)
  return rows
}

/** Roles that an action reaches the own data of. */
function ownRoles(action: Action): string[] {
  return Object.entries(rights[action]).flatMap(([role, reach]) =>
    reach === 'own' || reach === 'all' ? [role] : [],
  )
}

/** Teachers whose result differs between two runs, or who stand in one of them only. */
export async function findChanged(
  db: Kysely<CoreTables>,
  runId: number,
  otherRunId: number,
): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(a.teacher_id, b.teacher_id) as id
    from (select * from core.run_teacher where run_id = ${runId}) a
    full join (select * from core.run_teacher where run_id = ${otherRunId}) b on b.teacher_id = a.teacher_id
    where (to_jsonb(a) - 'run_id') is distinct from (to_jsonb(b) - 'run_id')`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
