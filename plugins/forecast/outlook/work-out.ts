import { setImmediate as turn } from 'node:timers/promises'
import type { PluginContext } from '@ustaz/core/plugin'
import { forecastClauses } from '../drivers/forecast-clauses.ts'
import { loadBackend } from '../network/backend.ts'
import { forecastRatings } from '../ratings/forecast-ratings.ts'
import { forecastUnits, meansOf } from '../ratings/forecast-units.ts'
import { countOf } from '../ratings/history.ts'
import type { Forecast, Reach } from '../ratings/intervals.ts'
import type { ForecastTables, SubjectKind } from '../tables.ts'
import { modelCard } from './model-card.ts'
import { readPast, total } from './read-history.ts'
import type { RatedPast } from './read-history.ts'
import { writeOutlook } from './write-outlook.ts'
import type { ClauseRow, MeasureOutlook, SubjectRow } from './write-outlook.ts'

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
  const reaches = new Map<string, Reach>()
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
    reaches.set(id, tried.reach)
    measures.push({ id, title, backtest: tried.backtest, subjects: [...teachers, ...units] })
  }
  const clauses: ClauseRow[] = []
  for (const kind of unitKinds) {
    await turn()
    signal.throwIfAborted()
    clauses.push(...clauseRows(past, kind))
  }
  const seconds = (performance.now() - start) / 1000
  const made = { runId, past, measures, horizon, seed, seconds, madeAt: now() }
  const card = modelCard({ ...made, reaches, backend })
  await writeOutlook(db, { ...made, clauses, backend: backend.name, card })
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

function clauseRows(past: RatedPast, kind: (typeof unitKinds)[number]): ClauseRow[] {
  const ids = kind === 'university' ? [0] : past.units[kind]
  const totals = past.measures.find(({ id }) => id === total)
  if (!totals) return []
  const places = new Map(ids.map((id, index) => [id, index]))
  const found = forecastClauses(
    {
      clauses: past.clauses,
      totals: totals.history,
      membership: past.memberships[kind],
      unitOf: ({ unitId, facultyId }) => {
        const id = { department: unitId, faculty: facultyId, university: 0 }[kind]
        return id === null ? -1 : (places.get(id) ?? -1)
      },
    },
    horizon,
  )
  return found.map(({ unit, ...one }) => ({ kind, subjectId: ids[unit]!, ...one }))
}
