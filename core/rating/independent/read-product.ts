import { sql } from 'kysely'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import type { rateExample } from '../example-university.ts'
import type { Outcome } from './outcomes.ts'
import { exact, minus, plus, show, sum, zero } from './exact.ts'
import type { Exact } from './exact.ts'

/** What the product wrote of a run, in the words in which both sides are compared. */
export interface Found {
  teachers: Map<
    string,
    { shown: Record<string, unknown>; lines: string[]; reasons: string[]; areas: string[]; sums: boolean }
  >
  units: Map<string, string>
  /** By code and area. */
  values: Map<string, Exact>
  /** By code: what an aggregation made. */
  aggregated: Map<string, Exact>
  hasScales: boolean
}
type Results = Awaited<ReturnType<typeof rateExample>>['results']

/** What the product wrote, in words. */
export async function readFound(
  { db }: TestDatabase,
  runId: number,
  snapshotId: number,
  results: Results,
): Promise<Found> {
  const { rows: facts } = await sql<{ teacher_id: number; fact_no: number; key: string }>`
    select f.teacher_id, f.fact_no, t.code || '/' || (f.attributes ->> 'key') as key from core.snapshot_fact f
    join core.snapshot_teacher t on t.snapshot_id = f.snapshot_id and t.teacher_id = f.teacher_id
    where f.snapshot_id = ${snapshotId}`.execute(db)
  const keys = new Map(facts.map((fact) => [`${fact.teacher_id} ${fact.fact_no}`, fact.key]))
  const codes = new Map([...results].map(([code, { teacher_id: id }]) => [id, code]))
  const areas = await db.selectFrom('run_area').selectAll().where('run_id', '=', runId).execute()
  const { rows: units } = await sql<{
    code: string
    scored: number
    fte: string
    total: string | null
    place: number | null
  }>`
    select u.code, x.scored, x.fte, x.total, x.place from core.run_unit x
    join core.unit u on u.id = x.unit_id where run_id = ${runId}`.execute(db)
  const byTeacher = Map.groupBy(areas, ({ teacher_id: id }) => id)
  const text = (amount: string | null) => (amount === null ? null : show(exact(amount)))
  const scoresOf = (id: number) => sum((byTeacher.get(id) ?? []).map(({ score }) => exact(score)))
  return {
    teachers: new Map(
      [...results].map(([code, row]) => [
        code,
        {
          shown: {
            ...{ status: row.status, league: row.league, total: text(row.total), place: row.place },
            ...{ band: row.band, money: text(row.money) },
          },
          lines: row.lines.map(({ kind, area, clause, fact_no: no, fact_teacher_id: owner, amount }) =>
            lineText({
              kind,
              area,
              clause,
              fact: no === null ? null : keys.get(`${owner ?? row.teacher_id} ${no}`)!,
              amount: exact(amount),
            }),
          ),
          reasons: (row.reasons as { code: string; clause: string | null }[]).map(
            ({ code: reason, clause }) => reasonText(reason, clause),
          ),
          areas: (byTeacher.get(row.teacher_id) ?? []).map(({ area, points, weight, normalised }) =>
            areaText({
              area,
              points: exact(points),
              weight: exact(weight),
              value: exact(normalised ?? points),
            }),
          ),
          sums:
            row.total === null || show(sum(row.lines.map(({ amount }) => exact(amount)))) === text(row.total),
        },
      ]),
    ),
    units: new Map(
      units.map(({ code, scored, fte, total, place }) => [
        code,
        `${scored} ${text(fte)} ${text(total)} ${place}`,
      ]),
    ),
    values: new Map(
      areas.map(({ teacher_id: id, area, normalised, points }) => [
        `${codes.get(id)} ${area}`,
        exact(normalised ?? points),
      ]),
    ),
    aggregated: new Map(
      [...results].map(([code, { teacher_id: id, lines }]) => {
        const line = lines.find(({ kind }) => kind === 'aggregate')
        return [code, plus(scoresOf(id), line ? exact(line.amount) : zero)]
      }),
    ),
    hasScales: areas.some(({ normalised }) => normalised !== null),
  }
}

export const lineText = (line: Outcome['lines'][number]) =>
  `${line.kind} ${line.area} ${line.clause} ${line.fact} ${show(line.amount)}`
export const areaText = ({ area, points, weight, value }: Outcome['areas'][number]) =>
  `${area} ${show(points)} ${show(weight)} ${show(value)} ${show(minus(value, points))}`

const ofFacts = [
  'value-unknown',
  'value-without-points',
  'expert-points-out-of-range',
  'formula-without-result',
  'function-without-answer',
]
const ofScales = [
  'no-league',
  'no-logarithm',
  'nothing-above-zero',
  'area-unknown',
  'weight-unknown',
  'area-negative',
  'area-zero',
  'no-weight',
  'areas-undecided',
  'scale',
]

/** Why a fact has no points is said in many ways by the product, in one here. */
export function reasonText(code: string, clause: string | null): string {
  if (ofFacts.includes(code)) return `facts ${clause}`
  return ofScales.includes(code) ? 'scale' : `${code} ${clause}`
}
