import { setTimeout as sleep } from 'node:timers/promises'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Period } from '../plugin/definition.ts'
import { requestRun } from '../rating/request-run.ts'
import { getRun } from '../rating/results/list-runs.ts'
import type { StoredRun } from '../rating/results/list-runs.ts'
import { say } from './speak.ts'

/** Official runs that the demonstration shows: one for each period. */
export interface RunsWanted {
  regulationVersionId: number
  periods: readonly Period[]
  /** The account in whose name they are asked for. */
  requestedBy: number
}
type Context = Pick<AppContext, 'db' | 'jobs'>

/** Asks for the runs that are not there yet; answers all of them, in the order of the periods. */
export async function requestRuns(context: Context, wanted: RunsWanted): Promise<number[]> {
  const ids: number[] = []
  for (const period of wanted.periods) {
    ids.push((await findRun(context, wanted, period)) ?? (await request(context, wanted, period)))
  }
  return ids
}

/** A run that is done or on its way; failed and cancelled ones are asked for again. */
async function findRun(
  { db }: Context,
  { regulationVersionId }: RunsWanted,
  { from, to }: Period,
): Promise<number | null> {
  const run = await db
    .selectFrom('run')
    .select('id')
    .where('regulation_version_id', '=', regulationVersionId)
    .where('period_from', '=', from)
    .where('period_to', '=', to)
    .where('purpose', '=', 'official')
    .where('state', 'in', ['queued', 'running', 'done'])
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return run?.id ?? null
}

async function request({ db, jobs }: Context, wanted: RunsWanted, period: Period): Promise<number> {
  const { regulationVersionId, requestedBy } = wanted
  const run = { periodFrom: period.from, periodTo: period.to, purpose: 'official', snapshotId: null } as const
  return await requestRun(db, jobs, { regulationVersionId, requestedBy, ...run })
}

/** Waits until each run is over, in order, saying so; answers them. Throws the failure of one that failed. */
export async function finishRuns({ db }: Context, ids: readonly number[]): Promise<StoredRun[]> {
  const runs: StoredRun[] = []
  for (const id of ids) {
    const run = await finished(db, id)
    if (run.failure) {
      const { code, params } = run.failure
      throw new UstazError(code, { status: 500, params: params as UstazError['params'] })
    }
    say('demo-rated', { from: run.periodFrom, to: run.periodTo, ...run.counts })
    runs.push(run)
  }
  return runs
}

async function finished(db: Context['db'], id: number): Promise<StoredRun> {
  for (;;) {
    const run = await getRun(db, id)
    if (run.state !== 'queued' && run.state !== 'running') return run
    await sleep(250)
  }
}
