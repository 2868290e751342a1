import type { LocalizedText } from '@ustaz/core/contract'
import type { Kysely, Transaction } from 'kysely'
import type { ModelCard } from '../contract.ts'
import type { ClauseOutlook } from '../drivers/forecast-clauses.ts'
import type { BackendName } from '../network/backend.ts'
import type { Backtest } from '../ratings/backtest.ts'
import type { Forecast } from '../ratings/intervals.ts'
import type { ForecastTables, SubjectKind } from '../tables.ts'
import type { RatedPast } from './read-history.ts'

export interface SubjectRow extends Forecast {
  kind: SubjectKind
  subjectId: number
  unitId: number | null
  /** NaN: no points in that period. */
  past: Float64Array
  periods: number
  basis: 'peers' | 'both' | 'unit'
}
export interface MeasureOutlook {
  id: string
  title: LocalizedText | null
  /** Of teachers; null: there is no past to try it on. */
  backtest: Backtest | null
  unitBacktests: Record<UnitKind, Backtest | null>
  subjects: SubjectRow[]
}
export type UnitKind = Exclude<SubjectKind, 'teacher'>
export interface ClauseRow extends Omit<ClauseOutlook, 'unit'> {
  kind: UnitKind
  subjectId: number
}
export interface WorkedOut {
  runId: number
  past: RatedPast
  measures: MeasureOutlook[]
  clauses: ClauseRow[]
  horizon: number
  backend: BackendName
  seed: number
  seconds: number
  madeAt: Date
  card: ModelCard
}

const rowsAtOnce = 1000

/** Puts the outlook in the place of an earlier one of the same run. */
export async function writeOutlook(db: Kysely<ForecastTables>, found: WorkedOut): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('outlook').where('run_id', '=', found.runId).execute()
    const { id } = await trx
      .insertInto('outlook')
      .values({
        run_id: found.runId,
        regulation_code: found.past.regulation,
        made_at: found.madeAt,
        periods: JSON.stringify(found.past.periods),
        horizon: found.horizon,
        backend: found.backend,
        seed: found.seed,
        seconds: found.seconds,
        card: JSON.stringify(found.card),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const [place, measure] of found.measures.entries()) await writeMeasure(trx, id, place, measure)
    await writeClauses(trx, id, found.clauses)
  })
}

/** Clauses of a subject are numbered in the order in which they come. */
async function writeClauses(
  trx: Transaction<ForecastTables>,
  outlookId: number,
  clauses: readonly ClauseRow[],
): Promise<void> {
  const counts = new Map<string, number>()
  const rows = clauses.map(({ kind, subjectId, area, clause, title, past, mean, deviation }) => {
    const subject = `${kind} ${subjectId}`
    const place = counts.get(subject) ?? 0
    counts.set(subject, place + 1)
    return {
      outlook_id: outlookId,
      kind,
      subject_id: subjectId,
      place,
      area,
      clause,
      title: JSON.stringify(title),
      past: withNulls(past),
      mean: Array.from(mean),
      deviation,
    }
  })
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await trx
      .insertInto('outlook_clause')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
  }
}

const withNulls = (values: Float64Array) =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value))

async function writeMeasure(
  trx: Transaction<ForecastTables>,
  outlookId: number,
  place: number,
  { id, title, backtest, unitBacktests, subjects }: MeasureOutlook,
): Promise<void> {
  await trx
    .insertInto('outlook_measure')
    .values({
      outlook_id: outlookId,
      measure: id,
      place,
      title: title === null ? null : JSON.stringify(title),
      backtest: backtest === null ? null : JSON.stringify({ ...backtest, units: unitBacktests }),
    })
    .execute()
  for (let from = 0; from < subjects.length; from += rowsAtOnce) {
    const rows = subjects.slice(from, from + rowsAtOnce).map((one) => {
      const newest = one.past[one.past.length - 1]!
      return {
        outlook_id: outlookId,
        measure: id,
        kind: one.kind,
        subject_id: one.subjectId,
        unit_id: one.unitId,
        past: withNulls(one.past),
        periods: one.periods,
        basis: one.basis,
        mean: Array.from(one.mean),
        lower80: Array.from(one.lower80),
        upper80: Array.from(one.upper80),
        lower95: Array.from(one.lower95),
        upper95: Array.from(one.upper95),
        change: Number.isNaN(newest) ? null : one.mean[0]! - newest,
      }
    })
    await trx.insertInto('outlook_subject').values(rows).execute()
  }
}
