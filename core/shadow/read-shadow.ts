import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { Page } from '../contract/paging.ts'
import type { ShadowRow, ShadowSummary } from '../contract/resources/shadow.ts'
import type { CoreTables } from '../database/tables.ts'
import { hideSmallGroups } from '../rating/fairness/hide-groups.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import { compareShadow } from './compare-shadow.ts'
import type { ShadowComparison, ShadowEntry } from './compare-shadow.ts'

/** How the old rating beside a run compares with it; null: there is none. Throws `run-not-found`, `run-not-done`. */
export async function readShadow(db: Kysely<CoreTables>, runId: number): Promise<ShadowSummary | null> {
  await findFinishedRun(db, runId)
  const any = await db.selectFrom('shadow').select('id').where('run_id', '=', runId).executeTakeFirst()
  return any ? await summarise(db, runId) : null
}

async function summarise(db: Kysely<CoreTables>, runId: number): Promise<ShadowSummary> {
  const { shadow, comparison, titles } = await compare(db, runId)
  const count = (part: ShadowRow['part']) => comparison.rows.filter((row) => row.part === part).length
  return {
    runId,
    state: shadow.state,
    publishedAt: shadow.state === 'published' ? (shadow.moved_at?.toISOString() ?? null) : null,
    compared: count('both'),
    onlyOld: count('old'),
    onlyNew: count('new'),
    leagues: comparison.leagues.map((league) => ({ ...league, title: titles.get(league.league)! })),
  }
}

/**
 * The comparison as everybody may see it once it is published: figures of leagues, never people or their places. Leagues of few are
 * hidden, and as many more as it takes. null: nothing is published. Throws as readShadow.
 */
export async function readPublishedShadow(
  db: Kysely<CoreTables>,
  runId: number,
): Promise<ShadowSummary | null> {
  const summary = await readShadow(db, runId)
  if (summary?.state !== 'published') return null
  return { ...summary, leagues: hideSmallGroups(summary.leagues).shown }
}

export interface RowsFilter {
  part: ShadowRow['part']
  league?: string | undefined
}

/** Teachers of one part: the largest moves first, then by name or code; `page` null: all of them. */
export async function readShadowRows(
  db: Kysely<CoreTables>,
  runId: number,
  { part, league }: RowsFilter,
  paging: { page: number; pageSize: number } | null,
): Promise<Page<ShadowRow>> {
  const { comparison } = await compare(db, runId)
  const rows = comparison.rows
    .filter((row) => row.part === part && (league === undefined || row.league === league))
    .sort((a, b) => Math.abs(b.move ?? 0) - Math.abs(a.move ?? 0))
  const { page, pageSize } = paging ?? { page: 1, pageSize: Math.max(rows.length, 1) }
  const items = rows.slice((page - 1) * pageSize, page * pageSize)
  return { items, total: rows.length, page, pageSize }
}

/** Throws `shadow-not-found`: no old rating is kept beside the run. */
export async function findShadow(db: Kysely<CoreTables>, runId: number) {
  const shadow = await db.selectFrom('shadow').selectAll().where('run_id', '=', runId).executeTakeFirst()
  if (!shadow) throw notFound()
  return shadow
}

const notFound = () => new UstazError('shadow-not-found', { status: 404 })

async function compare(db: Kysely<CoreTables>, runId: number) {
  const run = await findFinishedRun(db, runId)
  const shadow = await findShadow(db, runId)
  const entries = await readEntries(db, { shadowId: shadow.id, runId, snapshotId: run.snapshotId })
  const { leagues } = run.document
  const comparison: ShadowComparison = compareShadow(
    entries,
    leagues.map(({ id }) => id),
  )
  return { shadow, comparison, titles: new Map(leagues.map(({ id, title }) => [id, title])) }
}

/** Everybody whom either of the ratings ranks, by name; whoever the run does not hold comes last. */
async function readEntries(
  db: Kysely<CoreTables>,
  { shadowId, runId, snapshotId }: { shadowId: number; runId: number; snapshotId: number },
): Promise<ShadowEntry[]> {
  const { rows } = await sql<ShadowEntry>`
    select coalesce(p.code, n.code) as code, n.teacher_id as "teacherId", n.name, p.league as "oldLeague", p.place as "oldPlace",
      trim_scale(p.total)::text as "oldTotal", n.league, n.status, n.place, n.total_rounded::text as total
    from (select * from core.shadow_place where shadow_id = ${shadowId}) p
    full join (
      select t.code, t.teacher_id, t.family_name, t.given_name, r.league, r.status, r.place, r.total_rounded,
        concat_ws(' ', t.family_name, t.given_name, t.patronymic) as name
      from core.run_teacher r
      join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = r.teacher_id
      where r.run_id = ${runId}
    ) n on n.code = p.code
    where p.code is not null or n.place is not null
    order by n.family_name nulls last, n.given_name, coalesce(p.code, n.code) collate "C"`.execute(db)
  return rows
}
