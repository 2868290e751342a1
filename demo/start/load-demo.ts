import type { AppContext } from '../../core/app-context.ts'
import { evidenceKind } from '../../core/evidence/evidence-kind.ts'
import { loadJournals } from '../load/journals.ts'
import { loadUniversity } from '../load/load-university.ts'
import type { Marker } from '../load/marker.ts'
import { loadSurveys } from '../load/surveys.ts'
import { loadTeaching } from '../load/teaching.ts'
import { planUniversity } from '../people/university.ts'
import { readOfficeAccounts } from './accounts.ts'
import { say, sayProgress } from './say.ts'

/** Loads the demonstration university the lists of journals, courses with their grades, and surveys where they are not there yet, and says so. */
export async function loadDemo(
  context: AppContext,
  {
    found,
    wanted,
    signal,
  }: { found: Marker | null; wanted: { seed: string; teachers: number }; signal: AbortSignal },
): Promise<void> {
  if (found) say('kept', { teachers: found.teachers, entries: found.entries })
  else await loadNew(context, wanted, signal)
  await loadJournals(context, (await readOfficeAccounts(context.db)).office)
  await loadTeaching(context, planUniversity(found ?? wanted))
  await loadSurveys(context, (found ?? wanted).seed)
}

async function loadNew(
  context: AppContext,
  wanted: { seed: string; teachers: number },
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now()
  const { pool, host, files, now } = context
  const demanding = host.evidenceKinds().filter(({ kind }) => kind.files.required)
  const entries = await loadUniversity(pool, planUniversity(wanted), {
    findKind: (indicator) => evidenceKind(host, indicator),
    files,
    scanned: demanding.map(({ indicator }) => indicator),
    signal,
    now: now(),
    report: ({ done, entries }) => {
      sayProgress('loading', { percent: Math.floor(done * 100), entries })
    },
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say('loaded', { teachers: wanted.teachers, entries, seconds })
}
