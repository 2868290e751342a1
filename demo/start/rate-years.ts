import { setTimeout as sleep } from 'node:timers/promises'
import type { AppContext } from '../../core/app-context.ts'
import { UstazError } from '../../core/contract/problem.ts'
import { publishRun } from '../../core/publication/publish-run.ts'
import { requestRun } from '../../core/rating/request-run.ts'
import { getRun } from '../../core/rating/results/list-runs.ts'
import type { StoredRun } from '../../core/rating/results/list-runs.ts'
import { academicYearName, academicYears, lastYear, periodOf } from '../academic-years.ts'
import type { OfficeAccounts } from './accounts.ts'
import { provideRegulation } from './regulation.ts'
import { say, sayProgress, textOf } from './say.ts'

/** Rates every year that is not rated yet, through the queue, and says how far it is; answers the runs, oldest year first. */
export async function rateYears(
  context: AppContext,
  accounts: OfficeAccounts,
  signal: AbortSignal,
): Promise<StoredRun[]> {
  const regulationVersionId = await provideRegulation(context, accounts, 'kazutb-teacher')
  const isRated = (await findRun(context, regulationVersionId, lastYear)) !== null
  if (!isRated) await rateLeaders(context, accounts, signal)
  const ids: number[] = []
  for (const year of academicYears) {
    const found = await findRun(context, regulationVersionId, year)
    ids.push(found ?? (await request(context, regulationVersionId, accounts.office, year)))
  }
  const runs: StoredRun[] = []
  for (const [i, id] of ids.entries()) {
    const year = academicYearName(academicYears[i]!)
    const run = await finish(context, id, year, signal)
    await publish(context, accounts, run, academicYears[i] === lastYear)
    say('rated', { year, ...run.counts, hash: run.hash?.slice(0, 12) })
    runs.push(run)
  }
  return runs
}

/** Rates heads and deans in the newest year, before the teachers: the overview shows the newest run. */
async function rateLeaders(
  context: AppContext,
  accounts: OfficeAccounts,
  signal: AbortSignal,
): Promise<void> {
  for (const table of ['kazutb-head', 'kazutb-dean'] as const) {
    const versionId = await provideRegulation(context, accounts, table)
    const found = await findRun(context, versionId, lastYear)
    const id = found ?? (await request(context, versionId, accounts.office, lastYear))
    const year = academicYearName(lastYear)
    const run = await finish(context, id, year, signal)
    await publish(context, accounts, run, true)
    say(`rated-${table}`, { year, ...run.counts })
  }
}

/** The newest year stays open to appeals, as the order of an invented rector says; the others are final. */
async function publish(
  context: AppContext,
  { management }: OfficeAccounts,
  run: StoredRun,
  isOpen: boolean,
): Promise<void> {
  if (run.publication !== null) return
  const how = isOpen
    ? { state: 'preliminary' as const, note: textOf('published-open'), terms: { days: 10, answerDays: 10 } }
    : { state: 'final' as const, note: textOf('published-final'), terms: null }
  const order = { ...how, replaces: null, isExplained: true, unexplained: null }
  await publishRun(context, run.id, { ...order, accountId: management, at: context.now() })
}

/** A run that is done or on its way; one that failed or was cancelled is asked for again. */
async function findRun({ db }: AppContext, versionId: number, year: number): Promise<number | null> {
  const { from, to } = periodOf(year)
  const run = await db
    .selectFrom('run')
    .select('id')
    .where('regulation_version_id', '=', versionId)
    .where('period_from', '=', from)
    .where('period_to', '=', to)
    .where('purpose', '=', 'official')
    .where('state', 'in', ['queued', 'running', 'done'])
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return run?.id ?? null
}

async function request(
  { db, jobs }: AppContext,
  versionId: number,
  office: number,
  year: number,
): Promise<number> {
  const { from, to } = periodOf(year)
  const what = {
    regulationVersionId: versionId,
    periodFrom: from,
    periodTo: to,
    snapshotId: null,
    knownAt: null,
  }
  return await requestRun(db, jobs, { ...what, purpose: 'official', requestedBy: office })
}

const pollMilliseconds = 200

async function finish({ db }: AppContext, id: number, year: string, signal: AbortSignal): Promise<StoredRun> {
  let run = await getRun(db, id)
  while (run.state === 'queued' || run.state === 'running') {
    sayProgress('rating', { year, percent: Math.round((run.progress?.fraction ?? 0) * 100) })
    await sleep(pollMilliseconds, undefined, { signal })
    run = await getRun(db, id)
  }
  if (run.state !== 'done') {
    throw new UstazError('demo.run-failed', {
      params: { year, reason: run.failure?.code ?? run.state },
    })
  }
  return run
}
