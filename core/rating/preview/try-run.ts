import type { Kysely, Transaction } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { computeRun } from '../execute-run.ts'
import type { RunOrder } from '../execute-run.ts'
import type { FinishedRun } from '../results/find-run.ts'

export interface TrialOrder extends Omit<RunOrder, 'runId' | 'onStage'> {
  /** The version in whose name the run is recorded while it lasts; the document may differ from it. */
  regulationVersionId: number
  requestedBy: number
}

type Prepare = (trx: Transaction<CoreTables>) => Promise<TrialOrder>
type Read<T> = (trx: Transaction<CoreTables>, run: FinishedRun) => Promise<T>

/**
 * Computes a run by the one engine, lets its results be read, and undoes everything: nothing of it is ever seen by others.
 * `prepare` may write into the same transaction what the run needs. Each statement sees what is committed (what is frozen never
 * changes): with one view of everything the run would fail where somebody saves the version while it is computed.
 */
export async function tryRun<T>(db: Kysely<CoreTables>, prepare: Prepare, read: Read<T>): Promise<T> {
  const trx = await db.startTransaction().execute()
  try {
    const order = await prepare(trx)
    const { document } = order
    const runId = await recordRun(trx, order)
    const { snapshotId } = await computeRun(trx, {
      ...order,
      runId,
      onStage: () => Promise.resolve(),
    })
    return await read(trx, { id: runId, snapshotId, document })
  } finally {
    await trx.rollback().execute()
  }
}

async function recordRun(trx: Transaction<CoreTables>, order: TrialOrder): Promise<number> {
  const { id } = await trx
    .insertInto('run')
    .values({
      purpose: 'trial',
      regulation_version_id: order.regulationVersionId,
      snapshot_id: order.snapshotId,
      period_from: order.period.from,
      period_to: order.period.to,
      requested_by: order.requestedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
