import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { ResultScope } from './scope.ts'

/**
 * Whether a run's results are withheld: an old rating is kept beside it, and its shadow period has not ended. `run` is an
 * expression for the run's id.
 */
export function isWithheld(run: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from core.shadow s where s.run_id = ${run} and s.state <> 'ended')`
}

/** Lets only whoever may read all results see those of a run in its shadow period. Throws `run-withheld` (403). */
export async function refuseWithheld(
  db: Kysely<CoreTables>,
  runId: number,
  scope: ResultScope,
): Promise<void> {
  if (scope.all) return
  const { rows } = await sql<{
    withheld: boolean
  }>`select ${isWithheld(sql`${runId}::bigint`)} as withheld`.execute(db)
  if (rows[0]!.withheld) throw new UstazError('run-withheld', { status: 403 })
}
