import type { Kysely } from 'kysely'
import { fromKysely } from 'pg-boss'
import type { PgBoss } from 'pg-boss'
import type { CoreTables } from '../../../database/tables.ts'

export const certaintyQueue = 'rating-certainty'

/** Jobs whose worker died are found by their missing heartbeat and given to another worker. */
const queueOptions = { heartbeatSeconds: 10, retryLimit: 3, retryDelay: 2, expireInSeconds: 3600 }

export async function createCertaintyQueue(jobs: PgBoss): Promise<void> {
  if (await jobs.getQueue(certaintyQueue)) await jobs.updateQueue(certaintyQueue, queueOptions)
  else await jobs.createQueue(certaintyQueue, queueOptions)
}

/**
 * Enqueues, in the caller's transaction, that the certainty of a run is worked out; does nothing where it was, or is going to be. Each official run asks for it when it ends, a trial run has none unless somebody does. What
 * failed is tried anew.
 */
export async function requestCertainty(db: Kysely<CoreTables>, jobs: PgBoss, runId: number): Promise<void> {
  const again = { state: 'queued' as const, fraction: 0, failure: null, finished_at: null }
  const asked = await db
    .insertInto('run_certainty')
    .values({ run_id: runId })
    .onConflict((conflict) =>
      conflict
        .column('run_id')
        .doUpdateSet({ ...again, requested_at: new Date() })
        .where('run_certainty.state', '=', 'failed'),
    )
    .returning('run_id')
    .executeTakeFirst()
  if (asked) await jobs.send(certaintyQueue, { runId }, { db: fromKysely(db) })
}
