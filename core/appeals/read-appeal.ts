import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { AppealCorrection, AppealDetail } from '../contract/resources/appeals.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import { readLines } from '../rating/results/teacher-result.ts'
import { readAppeals } from './list-appeals.ts'
import { openAppeal } from './open-appeal.ts'

/** One appeal with all there is to it. Throws `appeal-not-found`. */
export async function readAppeal(
  db: Kysely<CoreTables>,
  actor: Actor,
  id: number,
  today: string,
): Promise<AppealDetail> {
  const { appeal, actions } = await openAppeal(db, actor, id)
  const [item] = await readAppeals(db, sql`a.id = ${id}`, today, { order: sql`a.id`, limit: sql`` })
  const run = await findFinishedRun(db, appeal.run_id)
  const lines = appeal.line_no === null ? [] : await readLines(db, run, appeal.teacher_id)
  return {
    ...item!,
    line: lines.find(({ lineNo }) => lineNo === appeal.line_no) ?? null,
    evidence: await readEvidence(db, appeal.evidence_id),
    standing: await readStanding(db, appeal.run_id, appeal.teacher_id),
    files: await readFiles(db, id),
    corrections: await readCorrections(db, id),
    history: await readHistory(db, id),
    actions,
  }
}

async function readEvidence(db: Kysely<CoreTables>, id: number | null): Promise<AppealDetail['evidence']> {
  if (id === null) return null
  const evidence = await db
    .selectFrom('evidence')
    .select(['id', 'title', 'indicator', 'state', 'data'])
    .where('id', '=', id)
    .executeTakeFirst()
  return evidence ?? null
}

async function readStanding(
  db: Kysely<CoreTables>,
  runId: number,
  teacherId: number,
): Promise<AppealDetail['standing']> {
  const { rows } = await sql<AppealDetail['standing']>`
    select r.status, r.total_rounded::text as total, r.place, coalesce((
      select jsonb_agg(jsonb_build_object('code', x ->> 'code', 'clause', x ->> 'clause'))
      from jsonb_array_elements(r.reasons || r.notes) x), '[]') as reasons
    from core.run_teacher r where r.run_id = ${runId} and r.teacher_id = ${teacherId}`.execute(db)
  return rows[0]!
}

async function readFiles(db: Kysely<CoreTables>, id: number): Promise<AppealDetail['files']> {
  const files = await db
    .selectFrom('appeal_file')
    .select(['id', 'name', 'media_type', 'bytes', 'uploaded_at'])
    .where('appeal_id', '=', id)
    .orderBy('id')
    .execute()
  return files.map(({ media_type, uploaded_at, ...file }) => ({
    ...file,
    mediaType: media_type,
    uploadedAt: uploaded_at.toISOString(),
  }))
}

async function readCorrections(db: Kysely<CoreTables>, id: number): Promise<AppealCorrection[]> {
  const { rows } = await sql<AppealCorrection>`
    select kind, reason, evidence_id as "evidenceId", fact_no as "factNo", fact
    from core.appeal_correction where appeal_id = ${id} order by id`.execute(db)
  return rows
}

async function readHistory(db: Kysely<CoreTables>, id: number): Promise<AppealDetail['history']> {
  const lines = await db
    .selectFrom('appeal_change as c')
    .innerJoin('account as a', 'a.id', 'c.account_id')
    .leftJoin('account as r', 'r.id', 'c.reviewer_id')
    .select(['c.happened_at', 'a.name', 'c.action', 'c.reason', 'r.name as reviewer'])
    .where('c.appeal_id', '=', id)
    .orderBy('c.id')
    .execute()
  return lines.map(({ happened_at, name, ...line }) => ({ at: happened_at.toISOString(), by: name, ...line }))
}
