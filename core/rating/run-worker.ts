import type { Kysely } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { executeRun, stages } from './execute-run.ts'
import type { Stage } from './execute-run.ts'
import { runQueue } from './request-run.ts'
import type { FactSource } from './snapshot/fact-source.ts'

/** What the worker needs to know of the installed plugins. */
export interface RatingSources {
  factSources(): readonly FactSource[]
  /** null: no enabled plugin supplies it. */
  weighting(id: string): Weighting | null
}

export interface RunWorker {
  db: Kysely<CoreTables>
  jobs: PgBoss
  sources: RatingSources
  log: { info(message: string): void; error(message: string): void }
}

/** Jobs whose worker died are found by their missing heartbeat and given to another worker. */
const queueOptions = { heartbeatSeconds: 10, retryLimit: 5, retryDelay: 2, expireInSeconds: 6 * 3600 }

export async function createRunQueue(jobs: PgBoss): Promise<void> {
  if (await jobs.getQueue(runQueue)) await jobs.updateQueue(runQueue, queueOptions)
  else await jobs.createQueue(runQueue, queueOptions)
}

/** Takes runs from the queue, one at a time in this process; any number of processes may do so. */
export async function startRunWorker(worker: RunWorker): Promise<void> {
  await worker.jobs.work(
    runQueue,
    { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: 1 },
    async ([job]: JobWithMetadata<{ runId: number }>[]) => {
      if (job) await workOn(worker, job.data.runId, job.retryCount >= job.retryLimit)
    },
  )
}

/** Computes one run to its end. Done, cancelled and refused runs end the job; anything else is tried again. */
async function workOn(worker: RunWorker, runId: number, isLastTry: boolean): Promise<void> {
  const run = await begin(worker.db, runId)
  if (!run) return
  try {
    const outcome = await executeRun(worker.db, orderOf(worker, run))
    worker.log.info(
      `run ${runId}: ${outcome.teachers} teachers, ${outcome.facts} facts, ${outcome.lines} lines`,
    )
  } catch (error) {
    if (await endCancelled(worker.db, runId)) return
    const refused = error instanceof UstazError && error.code !== 'run-busy'
    if (!refused && !isLastTry) throw error
    worker.log.error(
      `run ${runId} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    await endFailed(
      worker.db,
      runId,
      refused ? error : new UstazError('run-crashed', { status: 500, cause: error }),
    )
  }
}

/** Marks the run as running and answers what to compute; null: there is nothing left to do. */
async function begin(db: Kysely<CoreTables>, runId: number) {
  const run = await db
    .updateTable('run')
    .set({ state: 'running' })
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .where('cancel_requested', '=', false)
    .returning(['id', 'regulation_version_id', 'snapshot_id', 'period_from', 'period_to'])
    .executeTakeFirst()
  if (!run) {
    await endCancelled(db, runId)
    return null
  }
  const version = await db
    .selectFrom('regulation_version')
    .select(['document', 'hash'])
    .where('id', '=', run.regulation_version_id)
    .executeTakeFirstOrThrow()
  return { ...run, version }
}

type BegunRun = NonNullable<Awaited<ReturnType<typeof begin>>>

function orderOf(worker: RunWorker, run: BegunRun) {
  const { document, hash } = run.version
  const weighting = worker.sources.weighting(document.weighting.id)
  if (!weighting) {
    throw new UstazError('weighting-missing', { status: 422, params: { weighting: document.weighting.id } })
  }
  const sources = worker.sources.factSources()
  checkIndicators(
    document.criteria.map(({ indicator }) => indicator),
    sources,
  )
  return {
    runId: run.id,
    document,
    regulationHash: hash,
    period: { from: run.period_from, to: run.period_to },
    snapshotId: run.snapshot_id,
    sources,
    weighting,
    onStage: async (stage: Stage) => {
      await reportProgress(worker.db, run.id, stage)
    },
  }
}

/** A criterion whose indicator nobody supplies would silently give everybody nothing: the run is refused instead. */
function checkIndicators(wanted: readonly string[], sources: readonly FactSource[]): void {
  const supplied = new Set(sources.map(({ indicator }) => indicator))
  const missing = [...new Set(wanted.filter((indicator) => !supplied.has(indicator)))]
  if (missing.length > 0) {
    throw new UstazError('indicators-missing', { status: 422, params: { indicators: missing } })
  }
}

async function reportProgress(db: Kysely<CoreTables>, runId: number, stage: Stage): Promise<void> {
  const progress = { stage, fraction: stages[stage], updated_at: new Date() }
  await db
    .insertInto('run_progress')
    .values({ run_id: runId, ...progress })
    .onConflict((conflict) => conflict.column('run_id').doUpdateSet(progress))
    .execute()
}

async function endCancelled(db: Kysely<CoreTables>, runId: number): Promise<boolean> {
  const ended = await db
    .updateTable('run')
    .set({ state: 'cancelled', finished_at: new Date() })
    .where('id', '=', runId)
    .where('cancel_requested', '=', true)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

async function endFailed(db: Kysely<CoreTables>, runId: number, error: UstazError): Promise<void> {
  await db
    .updateTable('run')
    .set({
      state: 'failed',
      finished_at: new Date(),
      failure: JSON.stringify({ code: error.code, params: error.params }),
    })
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .execute()
}
