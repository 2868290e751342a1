import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import { certaintySettingsSchema } from '../../contract/regulation/composite.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { FinishedRun } from '../results/find-run.ts'
import type { CertaintyInput } from './input.ts'
import { finishOf } from './total-steps.ts'
import type { TotalStep } from './total-steps.ts'

/** A finished run as numbers; rows in the order of the teachers' codes, so that ids change no figure. */
export interface RunNumbers {
  input: CertaintyInput
  /** By row. */
  teacherIds: readonly number[]
  /** Ids of the leagues by their number. */
  leagues: readonly string[]
  /** Official places, 0 = none, and totals, NaN = none. */
  official: { places: Int32Array; totals: Float64Array }
  /** Best place a teacher may have by the requirements that are not met; 1 = no limit. */
  notAbove: Int32Array
}

interface Row {
  teacher_id: number
  league: string | null
  place: number | null
  total: number | null
  /** By area; NaN: no value, or no weight. */
  points: number[]
  weights: number[]
  score: number
  steps: TotalStep[] | null
  /** Clauses of the reasons. A criterion among them has a fact of unknown points. */
  reasons: string[]
  /** Clauses of requirements that limit the place. */
  limits: string[]
}

/** Reads what `assess` needs. Scores of areas become floats here: they are drawn and compared, no point is made of them. */
export async function readRunNumbers(db: Kysely<CoreTables>, run: FinishedRun): Promise<RunNumbers> {
  const { document } = run
  const areas = document.areas.map(({ id }) => id)
  const rows = await readRows(db, run, areas)
  const leagues = document.leagues.map(({ id }) => id)
  const groups = Int32Array.from(rows, ({ league }) => (league === null ? -1 : leagues.indexOf(league)))
  const finish = rows.map(({ score, steps }) => finishOf(score, steps ?? [], document))
  const input: CertaintyInput = {
    areas,
    matrix: {
      rows: rows.length,
      columns: areas.length,
      values: Float64Array.from(rows.flatMap((row) => pointsOf(row, document))),
    },
    weights: weightsOf(rows, areas.length),
    groups,
    ranked: groups.map((group, row) => (rows[row]!.place === null ? -1 : group)),
    places: Int32Array.from(rows, ({ place }) => place ?? 0),
    finish: {
      factor: Float64Array.from(finish, ({ factor }) => factor),
      added: Float64Array.from(finish, ({ added }) => added),
      ...limitsOf(document),
    },
    normalisation: document.normalisation,
    aggregation: document.aggregation,
    settings: document.certainty ?? certaintySettingsSchema.parse({}),
    noise: null,
  }
  const official = {
    places: Int32Array.from(rows, ({ place }) => place ?? 0),
    totals: Float64Array.from(rows, ({ total }) => total ?? Number.NaN),
  }
  const notAbove = Int32Array.from(rows, ({ limits }) => limitOfPlace(limits, document))
  return { input, teacherIds: rows.map(({ teacher_id }) => teacher_id), leagues, official, notAbove }
}

async function readRows(db: Kysely<CoreTables>, run: FinishedRun, areas: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with area as (
      select r.teacher_id, coalesce(sum(a.score), 0)::float8 as score,
        array_agg(coalesce(a.points::float8, 'NaN') order by n.no) as points,
        array_agg(coalesce(a.weight::float8, 'NaN') order by n.no) as weights
      from core.run_teacher r
      cross join unnest(${[...areas]}::text[]) with ordinality n (id, no)
      left join core.run_area a on a.run_id = r.run_id and a.teacher_id = r.teacher_id and a.area = n.id
      where r.run_id = ${run.id} group by r.teacher_id
    ), step as (
      select l.teacher_id, jsonb_agg(jsonb_build_object('kind', l.kind, 'clause', l.clause, 'amount', l.amount::float8)
        order by l.line_no) as steps
      from core.run_line l where l.run_id = ${run.id} and l.area is null group by l.teacher_id
    )
    select r.teacher_id, r.league, r.place, r.total::float8 as total, area.points, area.weights, area.score, step.steps,
      array(select e ->> 'clause' from jsonb_array_elements(r.reasons) e) as reasons,
      array(select e ->> 'clause' from jsonb_array_elements(r.notes) e where e ->> 'code' = 'requirement-place') as limits
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    join area on area.teacher_id = r.teacher_id
    left join step on step.teacher_id = r.teacher_id
    where r.run_id = ${run.id}
    order by t.code collate "C"`.execute(db)
  return rows
}

/** An area with a fact of unknown points is unknown, whatever its other facts give. */
function pointsOf({ points, reasons }: Row, { areas, criteria }: RegulationDocument): number[] {
  if (reasons.length === 0) return points
  const gaps = new Set(criteria.filter(({ id }) => reasons.includes(id)).map(({ area }) => area))
  return points.map((value, column) => (gaps.has(areas[column]!.id) ? Number.NaN : value))
}

/** One weight a column where all teachers have the same, else one a row and column. */
function weightsOf(rows: readonly Row[], columns: number): Float64Array {
  const shared = Float64Array.from({ length: columns }, (_, column) => {
    const known = rows.find(({ weights }) => !Number.isNaN(weights[column]))
    return known?.weights[column] ?? 1
  })
  const isShared = rows.every(({ weights }) =>
    weights.every((weight, column) => Number.isNaN(weight) || weight === shared[column]),
  )
  return isShared ? shared : Float64Array.from(rows.flatMap(({ weights }) => weights))
}

function limitOfPlace(clauses: readonly string[], { requirements }: RegulationDocument): number {
  const limits = requirements.flatMap(({ id, effect }) =>
    effect.kind === 'place' && clauses.includes(id) ? [effect.notAbove] : [],
  )
  return Math.max(1, ...limits)
}

function limitsOf({ total }: RegulationDocument) {
  const read = (limit: string | null) => (limit === null ? null : Number(limit))
  return { floor: read(total.floor), cap: read(total.cap) }
}

/**
 * Whether the unperturbed replication gives the official totals and places; another order than the official one would make
 * statements about a rating nobody published. Where places follow other rules than the totals alone (tie-breakers, nearness,
 * requirements), totals alone are compared. Throws `certainty-differs` with the first teachers that differ.
 */
export function checkOfficial(
  { official, teacherIds }: RunNumbers,
  found: { places: Int32Array; totals: Float64Array },
  document: RegulationDocument,
): void {
  const isNear = (row: number) =>
    Math.abs(found.totals[row]! - official.totals[row]!) <=
    1e-7 * Math.max(1, Math.abs(official.totals[row]!))
  const differs = (row: number) =>
    !isNear(row) || (isRankedByTotals(document) && found.places[row] !== official.places[row])
  const wrong = teacherIds.filter((_, row) => official.places[row]! > 0 && differs(row))
  if (wrong.length > 0)
    throw new UstazError('certainty-differs', {
      status: 500,
      params: { count: wrong.length, teachers: wrong.slice(0, 10).map(String) },
    })
}

function isRankedByTotals({ ranking, requirements }: RegulationDocument): boolean {
  return (
    ranking.ties === 'shared' &&
    ranking.tieBreakers.length === 0 &&
    ranking.tiedWithin === null &&
    requirements.every(({ effect }) => effect.kind !== 'place')
  )
}
