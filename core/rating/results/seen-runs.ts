import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'

/** Whose results may be read, as core/access decides it; who may read all is not kept from unpublished runs either. */
interface Reader {
  all: boolean
}

/**
 * The one place that says which runs are for the eyes of others than those who may read every result: published ones (also
 * replaced ones: what was said stays said), not withdrawn, and not in their shadow period. `run` is an expression for the run's id.
 */
export function isSeenByOthers(run: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${stateOf(run)} <> 'withdrawn' and not ${isInShadow(run)})`
}

/** The state of a run's publication; null: never published. */
export function stateOf(run: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<
    string | null
  >`(select p.state from core.publication p where p.run_id = ${run} order by p.id desc limit 1)`
}

/** Whether an old rating is kept beside a run and its shadow period has not ended. */
function isInShadow(run: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from core.shadow s where s.run_id = ${run} and s.state <> 'ended')`
}

/**
 * What of a run a reader sees is decided here (whether anything) and by the reader's scope (whose results). Throws `run-withheld`
 * in the shadow period, `run-unpublished` before the publication and after a withdrawal (403).
 */
export async function refuseUnseen(db: Kysely<CoreTables>, runId: number, reader: Reader): Promise<void> {
  if (reader.all) return
  const run = sql`${runId}::bigint`
  const { rows } = await sql<{ shadow: boolean; state: string | null }>`
    select ${isInShadow(run)} as shadow, ${stateOf(run)} as state`.execute(db)
  const { shadow, state } = rows[0]!
  if (shadow) throw new UstazError('run-withheld', { status: 403 })
  if (state === null || state === 'withdrawn') throw new UstazError('run-unpublished', { status: 403 })
}
