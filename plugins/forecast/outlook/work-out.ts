import { setImmediate as turn } from 'node:timers/promises'
import type { PluginContext } from '@ustaz/core/plugin'
import { loadBackend } from '../network/backend.ts'
import { forecastRatings } from '../ratings/forecast-ratings.ts'
import { forecastUnits, meansOf } from '../ratings/forecast-units.ts'
import { countOf } from '../ratings/history.ts'
import type { Forecast } from '../ratings/intervals.ts'
import type { ForecastTables, SubjectKind } from '../tables.ts'
import { readPast } from './read-history.ts'
import type { RatedPast } from './read-history.ts'
import { writeOutlook } from './write-outlook.ts'
import type { MeasureOutlook, SubjectRow } from './write-outlook.ts'

/** Periods that are forecast. */
export const horizon = 3
const seed = 1

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
  const backend = await loadBackend()
  const start = performance.now()
  const measures: MeasureOutlook[] = []
  for (const { id, title, history } of past.measures) {
    await turn()
    signal.throwIfAborted()
    const { people, tried } = forecastRatings(backend, history, {
      horizon,
      seed,
      onProgress: () => signal.throwIfAborted(),
    })
    const teachers = people.flatMap((one, index): SubjectRow[] =>
      one
        ? [
            {
              kind: 'teacher',
              subjectId: past.teacherIds[index]!,
              unitId: past.departments[index]!,
              past: history.values[index]!,
              ...one,
            },
          ]
        : [],
    )
    const units = unitKinds.flatMap((kind) => unitRows(past, history, kind))
    measures.push({ id, title, backtest: tried.backtest, subjects: [...teachers, ...units] })
  }
  const seconds = (performance.now() - start) / 1000
  await writeOutlook(db, {
    runId,
    past,
    measures,
    horizon,
    backend: backend.name,
    seed,
    seconds,
    madeAt: now(),
  })
  log.info(
    `outlook after run ${runId}: ${past.teacherIds.length} teachers, ${seconds.toFixed(1)} s on ${backend.name}`,
  )
}

const unitKinds = ['department', 'faculty', 'university'] as const satisfies SubjectKind[]

function unitRows(
  past: RatedPast,
  history: RatedPast['measures'][number]['history'],
  kind: (typeof unitKinds)[number],
): SubjectRow[] {
  const membership = past.memberships[kind]
  const ids = kind === 'university' ? [0] : past.units[kind]
  const means = meansOf(history, membership)
  return forecastUnits(history, membership, horizon).flatMap(
    (one: (Forecast & { periods: number }) | null, index) =>
      one
        ? [
            {
              kind,
              subjectId: ids[index]!,
              unitId: null,
              past: means[index]!,
              ...one,
              basis: 'unit' as const,
              periods: countOf(means[index]!),
            },
          ]
        : [],
  )
}
