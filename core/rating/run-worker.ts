import type { Kysely, Transaction } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { createCertaintyQueue, requestCertainty } from './certainty/run/request-certainty.ts'
import { executeRun, stages } from './execute-run.ts'
import type { RunOrder, Stage } from './execute-run.ts'
import { runQueue } from './request-run.ts'
import { readRunOrder } from './run-order.ts'
import type { RatingSources } from './run-order.ts'
import type { FactSource } from './snapshot/fact-source.ts'

export type { RatingSources }

export interface RunWorker {
  db: Kysely<CoreTables>
  jobs: PgBoss
  sources: RatingSources
  /** What is asked for in the transaction that ends an official run; absent: nothing more. */
  onOfficial?: (trx: Transaction<CoreTables>, runId: number) => Promise<void>
  log: { info(message: string): void; error(message: string): void }
}

/** Jobs whose worker died are found by their missing heartbeat and given to another worker. */
const queueOptions = { heartbeatSeconds: 10, retryLimit: 5, retryDelay: 2, expireInSeconds: 6 * 3600 }

/** With the queue of what a finished run asks for. */
export async function createRunQueue(jobs: PgBoss): Promise<void> {
  if (await jobs.getQueue(runQueue)) await jobs.updateQueue(runQueue, queueOptions)
  else await jobs.createQueue(runQueue, queueOptions)
  await createCertaintyQueue(jobs)
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
  if (!(await begin(worker.db, runId))) return
  try {
    const outcome = await executeRun(worker.db, await orderOf(worker, runId))
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

/** Marks the run as running; false: there is nothing left to do. */
async function begin(db: Kysely<CoreTables>, runId: number): Promise<boolean> {
  const begun = await db
    .updateTable('run')
    .set({ state: 'running' })
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .where('cancel_requested', '=', false)
    .executeTakeFirst()
  if (begun.numUpdatedRows > 0n) return true
  await endCancelled(db, runId)
  return false
}

/** What to compute, with what is refused before it is begun. */
async function orderOf({ db, jobs, sources, onOfficial }: RunWorker, runId: number): Promise<RunOrder> {
  const order = await readRunOrder(db, runId, sources)
  const { document, weighting } = order
  const read = weighting.reads?.(weighting.params.parse(document.weighting.params))
  const wanted = [...document.criteria, ...(read ? [read] : [])].map(({ indicator }) => indicator)
  checkIndicators(wanted, order.sources)
  return {
    ...order,
    onStage: async (stage: Stage) => {
      await reportProgress(db, runId, stage)
    },
    onFinish: async (trx) => {
      if (!(await isOfficial(trx, runId))) return
      await requestCertainty(trx, jobs, runId)
      await onOfficial?.(trx, runId)
    },
  }
}

async function isOfficial(db: Kysely<CoreTables>, runId: number): Promise<boolean> {
  const run = await db.selectFrom('run').select('purpose').where('id', '=', runId).executeTakeFirst()
  return run?.purpose === 'official'
}

/** A criterion (or weighting) whose indicator nobody supplies would silently give everybody nothing: the run is refused instead. */
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
