import type { Kysely } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { UstazError } from '../../../contract/problem.ts'
import { regulationDocumentSchema } from '../../../contract/regulation/document.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { DeclaredErrors } from '../../../plugin/definition.ts'
import { inThread } from '../../../plugin/in-thread.ts'
import { findFinishedRun } from '../../results/find-run.ts'
import type { Certainty } from '../assess.ts'
import type { CertaintyInput } from '../input.ts'
import { checkOfficial, readRunNumbers } from '../read-run.ts'
import { readErrors } from './read-errors.ts'
import { certaintyQueue } from './request-certainty.ts'
import { writeCertainty } from './write-certainty.ts'

export interface CertaintyWorker {
  db: Kysely<CoreTables>
  jobs: PgBoss
  /** What an indicator's facts are measured with. */
  sources: { errorsOf(indicator: string): DeclaredErrors }
  log: { info(message: string): void; error(message: string): void }
}

/** Works on one run at a time in this process; any number of processes may do so. */
export async function startCertaintyWorker(worker: CertaintyWorker): Promise<void> {
  await worker.jobs.work(
    certaintyQueue,
    { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: 1 },
    async ([job]: JobWithMetadata<{ runId: number }>[]) => {
      if (job) await workOn(worker, job.data.runId, job.retryCount >= job.retryLimit, job.signal)
    },
  )
}

/** To its end; what is done already ends the job. A refusal is recorded, anything else is tried again. */
async function workOn(
  { db, sources, log }: CertaintyWorker,
  runId: number,
  isLastTry: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (!(await begin(db, runId))) return
  try {
    const start = performance.now()
    await workOut(db, runId, sources, signal)
    log.info(`certainty of run ${runId}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  } catch (error) {
    const refused = error instanceof UstazError
    if (!refused && !isLastTry) throw error
    log.error(`certainty of run ${runId}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
    await endFailed(db, runId, refused ? error : new UstazError('certainty-crashed', { status: 500 }))
  }
}

const thread = new URL('./assess-thread.ts', import.meta.url)

async function workOut(
  db: Kysely<CoreTables>,
  runId: number,
  sources: CertaintyWorker['sources'],
  signal: AbortSignal,
): Promise<void> {
  const found = await findFinishedRun(db, runId)
  // A version stored before a part of the vocabulary existed gets its default.
  const run = { ...found, document: regulationDocumentSchema.parse(found.document) }
  const numbers = await readRunNumbers(db, run)
  const { noise, counts } = await readErrors(db, run, numbers.teacherIds, (indicator) =>
    sources.errorsOf(indicator),
  )
  const progress = reportProgress(db, runId)
  const input: CertaintyInput = { ...numbers.input, noise }
  const certainty = await inThread<Certainty>(thread, input, { onProgress: progress.report, signal })
  await progress.end()
  checkOfficial(numbers, certainty, run.document)
  await writeCertainty(db, { runId, document: run.document, numbers, certainty, errors: counts })
}

/** false: there is nothing left to do. */
async function begin(db: Kysely<CoreTables>, runId: number): Promise<boolean> {
  const begun = await db
    .updateTable('run_certainty')
    .set({ state: 'running', fraction: 0 })
    .where('run_id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return begun.numUpdatedRows > 0n
}

const pauseMilliseconds = 500

/** Writes how far it is, one statement at a time and none sooner than half a second after the last. */
function reportProgress(db: Kysely<CoreTables>, runId: number) {
  let writing: Promise<unknown> = Promise.resolve()
  let last = performance.now()
  const write = async (fraction: number) =>
    await db
      .updateTable('run_certainty')
      .set({ fraction })
      .where('run_id', '=', runId)
      .where('state', '=', 'running')
      .execute()
  return {
    report(fraction: number): void {
      if (performance.now() - last < pauseMilliseconds) return
      last = performance.now()
      writing = writing.then(async () => await write(fraction))
    },
    end: async () => await writing,
  }
}

async function endFailed(db: Kysely<CoreTables>, runId: number, error: UstazError): Promise<void> {
  await db
    .updateTable('run_certainty')
    .set({
      state: 'failed',
      finished_at: new Date(),
      failure: JSON.stringify({ code: error.code, params: error.params }),
    })
    .where('run_id', '=', runId)
    .where('state', 'in', ['queued', 'running'])
    .execute()
}
