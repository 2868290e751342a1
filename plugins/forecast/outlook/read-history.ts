import type { ClausePoints, OfficialRun, RatedTeacher, RunAccess } from '@ustaz/core/plugin'
import type { LocalizedText } from '@ustaz/core/contract'
import type { History } from '../ratings/history.ts'
import type { Membership } from '../ratings/forecast-units.ts'
import type { KnownPeriod } from '../tables.ts'

/** The past of a regulation up to a run: everybody who was rated in any of the periods. */
export interface RatedPast {
  regulation: string
  periods: KnownPeriod[]
  /** sha256 of the results of each period, hex. */
  hashes: string[]
  teacherIds: number[]
  /** Department of each teacher in the newest period they were rated in. */
  departments: number[]
  measures: { id: string; title: LocalizedText | null; history: History }[]
  memberships: { department: Membership; faculty: Membership; university: Membership }
  /** Ids of the units that memberships name by their index. */
  units: { department: number[]; faculty: number[] }
  /** What each clause gave each department, period by period. */
  clauses: ClausePoints[][]
}

/** The measure that every regulation has. */
export const total = 'total'

/** null: the run is not the newest of its regulation and period, or rated by no points at all. */
export async function readPast(runs: RunAccess, runId: number): Promise<RatedPast | null> {
  const all = await runs.listOfficial()
  const run = all.find(({ id }) => id === runId)
  if (!run) return null
  const before = all.filter(
    ({ regulation, periodTo }) => regulation.code === run.regulation.code && periodTo <= run.periodTo,
  )
  const results = await Promise.all(before.map(async ({ id }) => await runs.readResults(id)))
  const joined = joinResults(run, before, results)
  if (!joined) return null
  const clauses: ClausePoints[][] = []
  for (const { id } of before) clauses.push(await runs.readClauses(id))
  return { ...joined, clauses }
}

function joinResults(
  run: OfficialRun,
  before: readonly OfficialRun[],
  results: readonly RatedTeacher[][],
): Omit<RatedPast, 'clauses'> | null {
  const teacherIds = [...new Set(results.flatMap((rows) => rows.map(({ teacherId }) => teacherId)))].sort(
    (a, b) => a - b,
  )
  const indexOf = new Map(teacherIds.map((id, index) => [id, index]))
  const newest = new Map<number, RatedTeacher>()
  results.forEach((rows) => rows.forEach((row) => newest.set(row.teacherId, row)))
  const departments = teacherIds.map((id) => newest.get(id)!.unitId)
  const units = {
    department: [...new Set(results.flatMap((rows) => rows.map(({ unitId }) => unitId)))].sort(
      (a, b) => a - b,
    ),
    faculty: [...new Set(results.flatMap((rows) => rows.flatMap(({ facultyId }) => facultyId ?? [])))].sort(
      (a, b) => a - b,
    ),
  }
  const place = {
    department: new Map(units.department.map((id, index) => [id, index])),
    faculty: new Map(units.faculty.map((id, index) => [id, index])),
  }
  const fill = (pick: (row: RatedTeacher) => string | null | undefined): History => {
    const values = teacherIds.map(() => new Float64Array(before.length).fill(Number.NaN))
    results.forEach((rows, period) => {
      for (const row of rows) {
        const value = row.total === null ? null : pick(row)
        if (value !== null && value !== undefined)
          values[indexOf.get(row.teacherId)!]![period] = Number(value)
      }
    })
    const group = Int32Array.from(departments, (id) => place.department.get(id)!)
    return { values, group, groups: units.department.length }
  }
  const belonging = (unitOf: (row: RatedTeacher) => number, count: number): Membership => {
    const unit = teacherIds.map(() => new Int32Array(before.length).fill(-1))
    results.forEach((rows, period) => {
      for (const row of rows) unit[indexOf.get(row.teacherId)!]![period] = unitOf(row)
    })
    return { unit, units: count }
  }
  const totals = fill((row) => row.total)
  if (totals.values.every((series) => series.every(Number.isNaN))) return null
  return {
    regulation: run.regulation.code,
    periods: before.map(({ id, periodFrom, periodTo }) => ({ from: periodFrom, to: periodTo, runId: id })),
    hashes: before.map(({ hash }) => hash),
    teacherIds,
    departments,
    measures: [
      { id: total, title: null, history: totals },
      ...run.areas.map(({ id, title }) => ({ id, title, history: fill((row) => row.areas[id]) })),
    ].filter(({ history }) => history.values.some((series) => series.some((value) => !Number.isNaN(value)))),
    memberships: {
      department: belonging((row) => place.department.get(row.unitId)!, units.department.length),
      faculty: belonging(
        (row) => (row.facultyId === null ? -1 : place.faculty.get(row.facultyId)!),
        units.faculty.length,
      ),
      university: belonging(() => 0, 1),
    },
    units,
  }
}
