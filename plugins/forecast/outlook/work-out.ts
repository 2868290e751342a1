import { inThread } from '@ustaz/core/plugin'
import type { PluginContext } from '@ustaz/core/plugin'
import type { ForecastTables } from '../tables.ts'
import { horizon, seed } from './compute-outlook.ts'
import type { ComputedOutlook } from './compute-outlook.ts'
import { modelCard } from './model-card.ts'
import { readPast } from './read-history.ts'
import { writeOutlook } from './write-outlook.ts'

/**
 * Forecasts totals and areas of everybody and every unit after a run, and replaces what was forecast after it before. Does nothing for a
 * run that a newer one of its regulation and period has replaced. Gives up when the signal aborts.
 */
export async function workOut(
  { db, runs, log, now }: PluginContext<ForecastTables>,
  runId: number,
  signal: AbortSignal,
): Promise<void> {
  const past = await readPast(runs, runId)
  if (!past) return
  const thread = new URL('./outlook-thread.ts', import.meta.url)
  const computed = await inThread<ComputedOutlook>(thread, past, { signal })
  const { measures, clauses, backend, seconds } = computed
  const made = { runId, past, measures, horizon, seed, seconds, madeAt: now() }
  const card = modelCard({ ...computed, ...made })
  await writeOutlook(db, { ...made, clauses, backend, card })
  log.info(
    `outlook after run ${runId}: ${past.teacherIds.length} teachers, ${seconds.toFixed(1)} s on ${backend}`,
  )
}
