import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Page } from '../../contract/paging.ts'
import type { CertaintySettings } from '../../contract/regulation/composite.ts'
import type {
  Certainty,
  CertaintyBand,
  CertaintyRow,
  CertaintySummary,
  listCertaintyBands,
  listCertaintyRows,
} from '../../contract/resources/certainty.ts'
import type { CoreTables } from '../../database/tables.ts'
import { smallestGroup } from '../fairness/hide-groups.ts'
import type { FinishedRun } from './find-run.ts'
import { belowUnit, withinScope } from './scope.ts'
import type { ResultScope } from './scope.ts'

/** As it is stored: without the words of failures, which depend on the reader's language. */
export interface StoredCertainty {
  state: Certainty['state']
  fraction: number
  finishedAt: string | null
  failure: { code: string; params: Record<string, unknown> } | null
  settings: CertaintySettings | null
  summary: CertaintySummary | null
}

/** Leagues of fewer than five are only for whoever may read all. */
export async function readCertainty(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  scope: ResultScope,
): Promise<StoredCertainty> {
  const row = await db.selectFrom('run_certainty').selectAll().where('run_id', '=', run.id).executeTakeFirst()
  if (!row)
    return { state: 'none', fraction: 0, finishedAt: null, failure: null, settings: null, summary: null }
  const { state, fraction, failure, settings, summary: whole } = row
  const summary = whole && forReader(whole, scope)
  return { state, fraction, finishedAt: row.finished_at?.toISOString() ?? null, failure, settings, summary }
}

function forReader(summary: CertaintySummary, { all }: ResultScope): CertaintySummary {
  const leagues = summary.leagues.filter(({ teachers }) => all || teachers >= smallestGroup)
  return { ...summary, leagues }
}

/** Bands of fewer than five are only for whoever may read all. */
export async function readCertaintyBands(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  query: z.output<(typeof listCertaintyBands)['query']>,
  scope: ResultScope,
): Promise<Page<CertaintyBand>> {
  const league = query.league === undefined ? sql`` : sql`and c.league = ${query.league}`
  const large = scope.all ? sql`` : sql`having count(*) >= ${smallestGroup}`
  const { rows } = await sql<CertaintyBand & { total: number }>`
    select c.league, c.tied_band as band, count(*)::int as teachers, min(c.place) as "firstPlace", max(c.place) as "lastPlace",
      (count(*) over ())::int as total
    from core.run_certainty_teacher c where c.run_id = ${run.id} and c.tied_band is not null ${league}
    group by c.league, c.tied_band ${large} order by ${leagueOrder(run)}, c.tied_band
    limit ${query.pageSize} offset ${(query.page - 1) * query.pageSize}`.execute(db)
  return {
    items: rows.map(({ total: _, ...band }) => band),
    total: rows[0]?.total ?? 0,
    page: query.page,
    pageSize: query.pageSize,
  }
}

/** A page of teachers; only those within the asker's scope. */
export async function readCertaintyRows(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  query: z.output<(typeof listCertaintyRows)['query']>,
  scope: ResultScope,
): Promise<Page<CertaintyRow>> {
  const tests = [withinScope(scope)]
  if (query.league !== undefined) tests.push(sql`c.league = ${query.league}`)
  if (query.band !== undefined) tests.push(sql`c.tied_band = ${query.band}`)
  if (query.unit !== undefined) tests.push(belowUnit(run.snapshotId, query.unit))
  const from = sql`core.run_certainty_teacher c
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = c.teacher_id
    where c.run_id = ${run.id} and ${sql.join(tests, sql` and `)}`
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(
    db,
  )
  const { rows: items } = await sql<CertaintyRow>`
    select x.*, r.total_rounded::text as total from (
      select c.teacher_id as "teacherId", t.code, t.family_name as "familyName", t.given_name as "givenName", t.patronymic,
        t.unit_id as "departmentId", c.league, c.place, c.lower_place as lower, c.upper_place as upper,
        c.median_place as median, c.tied_band as band, c.failed_share as "failedShare",
        row_number() over (order by ${leagueOrder(run)}, c.place, t.family_name, t.given_name, t.code) as row_no
      from ${from} order by row_no limit ${query.pageSize} offset ${(query.page - 1) * query.pageSize}
    ) x join core.run_teacher r on r.run_id = ${run.id} and r.teacher_id = x."teacherId"
    order by x.row_no`.execute(db)
  return { items, total: counted[0]!.total, page: query.page, pageSize: query.pageSize }
}

/** Leagues in the order of the regulation. */
function leagueOrder({ document }: FinishedRun): RawBuilder<unknown> {
  return sql`array_position(${document.leagues.map(({ id }) => id)}::text[], c.league)`
}
