import { forecastClauses } from '../drivers/forecast-clauses.ts'
import { loadBackend } from '../network/backend.ts'
import type { BackendName } from '../network/backend.ts'
import { forecastRatings } from '../ratings/forecast-ratings.ts'
import { forecastUnits, meansOf } from '../ratings/forecast-units.ts'
import { countOf } from '../ratings/history.ts'
import type { Backtest } from '../ratings/backtest.ts'
import type { Reach } from '../ratings/intervals.ts'
import type { SubjectKind } from '../tables.ts'
import { total } from './read-history.ts'
import type { RatedPast } from './read-history.ts'
import type { ClauseRow, MeasureOutlook, SubjectRow } from './write-outlook.ts'

/** Periods that are forecast. */
export const horizon = 3
export const seed = 1

/** Everything that is forecast, in a form that can be handed from thread to thread. */
export interface ComputedOutlook {
  measures: MeasureOutlook[]
  clauses: ClauseRow[]
  /** By id of the measure. */
  reaches: Map<string, Reach>
  backend: BackendName
  /** Version of TensorFlow.js. */
  tensorflow: string
  seconds: number
}

/** Forecasts totals and areas of everybody and every unit. Minutes of arithmetic for a large university: see outlook-thread.ts. */
export async function computeOutlook(past: RatedPast): Promise<ComputedOutlook> {
  const backend = await loadBackend()
  const start = performance.now()
  const reaches = new Map<string, Reach>()
  const measures = past.measures.map(({ id, title, history }): MeasureOutlook => {
    const { people, tried } = forecastRatings(backend, history, { horizon, seed })
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
    const units = unitKinds.map((kind) => ({ kind, ...unitRows(past, history, kind) }))
    reaches.set(id, tried.reach)
    const unitBacktests = Object.fromEntries(
      units.map(({ kind, backtest }) => [kind, backtest]),
    ) as MeasureOutlook['unitBacktests']
    const subjects = [...teachers, ...units.flatMap(({ rows }) => rows)]
    return { id, title, backtest: tried.backtest, unitBacktests, subjects }
  })
  const clauses = unitKinds.flatMap((kind) => clauseRows(past, kind))
  const seconds = (performance.now() - start) / 1000
  return { measures, clauses, reaches, backend: backend.name, tensorflow: backend.tf.version_core, seconds }
}

const unitKinds = ['department', 'faculty', 'university'] as const satisfies SubjectKind[]

function unitRows(
  past: RatedPast,
  history: RatedPast['measures'][number]['history'],
  kind: (typeof unitKinds)[number],
): { rows: SubjectRow[]; backtest: Backtest | null } {
  const membership = past.memberships[kind]
  const ids = kind === 'university' ? [0] : past.units[kind]
  const means = meansOf(history, membership)
  const { units, backtest } = forecastUnits(history, membership, horizon)
  const rows = units.flatMap((one, index): SubjectRow[] => {
    if (!one) return []
    const known = { past: means[index]!, periods: countOf(means[index]!) }
    return [{ ...one, ...known, kind, subjectId: ids[index]!, unitId: null, basis: 'unit' }]
  })
  return { rows, backtest }
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
