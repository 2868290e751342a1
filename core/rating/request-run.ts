import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { fromKysely } from 'pg-boss'
import type { PgBoss } from 'pg-boss'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import { reachOf, refuseTooShort } from './compile/window.ts'
import { documentAsOf } from './document/document-as-of.ts'
import { storedDocument } from './document/stored-document.ts'
import { interruptRun } from './run-lock.ts'

export const runQueue = 'rating-run'

export interface RunRequest {
  regulationVersionId: number
  periodFrom: string
  periodTo: string
  purpose: 'official' | 'trial'
  snapshotId: number | null
  /** Amendments that became known later are left out; null: none is. */
  knownAt: string | null
  requestedBy: number
}

/** Records a run and enqueues its job in one transaction: there is never one without the other. Answers the run's id. */
export async function requestRun(db: Kysely<CoreTables>, jobs: PgBoss, request: RunRequest): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await checkRequest(trx, request)
    const { id } = await trx
      .insertInto('run')
      .values({
        purpose: request.purpose,
        regulation_version_id: request.regulationVersionId,
        snapshot_id: request.snapshotId,
        period_from: request.periodFrom,
        period_to: request.periodTo,
        known_at: request.knownAt,
        requested_by: request.requestedBy,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await jobs.send(runQueue, { runId: id }, { db: fromKysely(trx) })
    return id
  })
}

async function checkRequest(db: Kysely<CoreTables>, request: RunRequest): Promise<void> {
  if (request.periodTo < request.periodFrom) {
    throw new UstazError('period-backwards', {
      status: 422,
      params: { from: request.periodFrom, to: request.periodTo },
    })
  }
  const version = await db
    .selectFrom('regulation_version')
    .select(['state', 'document'])
    .where('id', '=', request.regulationVersionId)
    .executeTakeFirst()
  if (!version) throw new UstazError('regulation-not-found', { status: 404 })
  if (request.purpose === 'official' && version.state !== 'approved') {
    throw new UstazError('regulation-not-approved', { status: 422, params: { state: version.state } })
  }
  if (request.snapshotId !== null) {
    await checkSnapshot(db, request, { id: request.snapshotId, document: storedDocument(version.document) })
  }
}

async function checkSnapshot(
  db: Kysely<CoreTables>,
  { periodFrom, periodTo, knownAt }: RunRequest,
  { id, document }: { id: number; document: RegulationDocument },
): Promise<void> {
  const snapshot = await db
    .selectFrom('snapshot')
    .select(['period_from', 'period_to', 'facts_from'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!snapshot) throw new UstazError('snapshot-not-found', { status: 404 })
  if (snapshot.period_from !== periodFrom || snapshot.period_to !== periodTo) {
    throw new UstazError('snapshot-of-other-period', {
      status: 422,
      params: { from: snapshot.period_from, to: snapshot.period_to },
    })
  }
  const reach = reachOf(documentAsOf(document, { periodTo, knownAt }), { from: periodFrom, to: periodTo })
  refuseTooShort(snapshot.facts_from ?? snapshot.period_from, reach)
}

/**
 * Cancels a run that is not finished. A queued one ends at once; of a running one the current statement is interrupted
 * and its worker records the end. Throws `run-not-found`, `run-finished`.
 */
export async function cancelRun(db: Kysely<CoreTables>, runId: number): Promise<void> {
  const run = await db
    .updateTable('run')
    .set((eb) => ({
      cancel_requested: true,
      state: eb
        .case()
        .when('state', '=', 'queued')
        .then('cancelled' as const)
        .else(eb.ref('state'))
        .end(),
      finished_at: eb
        .case()
        .when('state', '=', 'queued')
        .then(sql<Date>`now()`)
        .else(null)
        .end(),
    }))
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .returning('state')
    .executeTakeFirst()
  if (run) {
    await interruptRun(db, runId)
    return
  }
  const exists = await db.selectFrom('run').select('id').where('id', '=', runId).executeTakeFirst()
  if (!exists) throw new UstazError('run-not-found', { status: 404 })
  throw new UstazError('run-finished', { status: 409, params: { run: runId } })
}
