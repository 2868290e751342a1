import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { LocalizedText } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import { isSeenByOthers } from './seen-runs.ts'
import { compareUnits } from './compare-units.ts'
import type { UnitQuery } from './compare-units.ts'
import { findFinishedRun } from './find-run.ts'
import { withinScope } from './scope.ts'
import type { ResultScope } from './scope.ts'

/**
 * The newest finished official run of each period, oldest period first; for whoever may not read all, the newest of those that others
 * see. One regulation at a time is the caller's concern.
 */
async function newestRuns(
  db: Kysely<CoreTables>,
  scope: ResultScope,
): Promise<{ id: number; period_from: string; period_to: string }[]> {
  return await db
    .selectFrom('run')
    .distinctOn(['period_from', 'period_to'])
    .select(['id', 'period_from', 'period_to'])
    .where('state', '=', 'done')
    .where('purpose', '=', 'official')
    .$if(!scope.all, (query) => query.where(isSeenByOthers(sql`run.id`)))
    .orderBy('period_from')
    .orderBy('period_to')
    .orderBy('id', 'desc')
    .execute()
}

export interface YearOfUnit {
  runId: number
  periodFrom: string
  periodTo: string
  scored: number
  mean: string | null
  median: string | null
  perFte: string | null
}
export interface UnitOverYears {
  unitId: number
  name: LocalizedText
  points: YearOfUnit[]
}

/** Units of a kind in the newest official run of each period; the name is the one of the newest run. */
export async function compareUnitsOverYears(
  db: Kysely<CoreTables>,
  query: UnitQuery,
  scope: ResultScope,
): Promise<UnitOverYears[]> {
  const units = new Map<number, UnitOverYears>()
  for (const { id, period_from, period_to } of await newestRuns(db, scope)) {
    for (const row of await compareUnits(db, await findFinishedRun(db, id), query, scope)) {
      const { scored, mean, median, perFte } = row
      const point = { runId: id, periodFrom: period_from, periodTo: period_to, scored, mean, median, perFte }
      const earlier = units.get(row.unitId)?.points ?? []
      units.set(row.unitId, { unitId: row.unitId, name: row.name, points: [...earlier, point] })
    }
  }
  return [...units.values()]
}

export interface YearOfTeacher {
  runId: number
  periodFrom: string
  periodTo: string
  status: string
  total: string | null
  place: number | null
  league: string | null
  areas: Record<string, string>
}

/** A teacher's results in the newest official run of each period, oldest first. */
export async function readTeacherHistory(
  db: Kysely<CoreTables>,
  teacherId: number,
  scope: ResultScope,
): Promise<YearOfTeacher[]> {
  const runs = await newestRuns(db, scope)
  if (runs.length === 0) return []
  const { rows } = await sql<YearOfTeacher>`
    select r.run_id as "runId", run.period_from as "periodFrom", run.period_to as "periodTo", r.status,
      r.total_rounded::text as total, r.place, r.league,
      (select jsonb_object_agg(a.area, round(a.score, 2)::text) from core.run_area a
        where a.run_id = r.run_id and a.teacher_id = r.teacher_id) as areas
    from core.run_teacher r
    join core.run on run.id = r.run_id
    join core.snapshot_teacher t on t.snapshot_id = run.snapshot_id and t.teacher_id = r.teacher_id
    where r.run_id = any(${runs.map(({ id }) => id)}::bigint[]) and r.teacher_id = ${teacherId}
      and ${withinScope(scope)}
    order by run.period_from`.execute(db)
  return rows
}
