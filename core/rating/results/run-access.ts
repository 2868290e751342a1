import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import type { OfficialRun, RatedTeacher, RunAccess } from '../../plugin/access.ts'
import { storedDocument } from '../document/stored-document.ts'
import type { Scope } from '../../plugin/route.ts'
import { findFinishedRun } from './find-run.ts'
import { readClauses } from './read-clauses.ts'
import { isSeenByOthers } from './seen-runs.ts'

/** What plugins may read of finished ratings. */
export function runAccess(db: Kysely<CoreTables>): RunAccess {
  return {
    listOfficial: async () => await listOfficial(db),
    maySee: async (runIds, scope) => await seenRuns(db, runIds, scope),
    readResults: async (runId) => await readResults(db, runId),
    readClauses: async (runId) => await readClauses(db, runId),
  }
}

async function listOfficial(db: Kysely<CoreTables>): Promise<OfficialRun[]> {
  const runs = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .innerJoin('regulation as g', 'g.id', 'v.regulation_id')
    .distinctOn(['run.period_from', 'run.period_to', 'g.code'])
    .select(['run.id', 'run.period_from', 'run.period_to', 'run.hash', 'g.code', 'v.version', 'v.document'])
    .where('run.state', '=', 'done')
    .where('run.purpose', '=', 'official')
    .orderBy('run.period_from')
    .orderBy('run.period_to')
    .orderBy('g.code')
    .orderBy('run.id', 'desc')
    .execute()
  return runs.map(({ id, period_from, period_to, hash, code, version, document }) => ({
    id,
    regulation: { code, version },
    periodFrom: period_from,
    periodTo: period_to,
    hash: hash!,
    areas: storedDocument(document).areas.map((area) => ({ id: area.id, title: area.title })),
  }))
}

async function seenRuns(db: Kysely<CoreTables>, runIds: readonly number[], scope: Scope): Promise<number[]> {
  if (scope.all || runIds.length === 0) return [...runIds]
  const seen = await db
    .selectFrom('run')
    .select('id')
    .where('id', 'in', [...runIds])
    .where(isSeenByOthers(sql`run.id`))
    .orderBy('id')
    .execute()
  return seen.map(({ id }) => id)
}

async function readResults(db: Kysely<CoreTables>, runId: number): Promise<RatedTeacher[]> {
  const { snapshotId } = await findFinishedRun(db, runId)
  const { rows } = await sql<RatedTeacher>`
    select r.teacher_id as "teacherId", t.unit_id as "unitId", t.faculty_id as "facultyId", r.league, r.total::text as total,
      coalesce(a.areas, '{}') as areas
    from core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = r.teacher_id
    left join (
      select teacher_id, jsonb_object_agg(area, score::text) as areas from core.run_area where run_id = ${runId} group by teacher_id
    ) a on a.teacher_id = r.teacher_id
    where r.run_id = ${runId}
    order by r.teacher_id`.execute(db)
  return rows
}
