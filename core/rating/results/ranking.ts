import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import { UstazError } from '../../contract/problem.ts'
import type { Page } from '../../contract/paging.ts'
import type { RankingRow, rankingQuery } from '../../contract/resources/runs.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { FinishedRun } from './find-run.ts'
import { belowUnit, withinScope } from './scope.ts'
import type { ResultScope } from './scope.ts'

export type RankingFilter = z.output<typeof rankingQuery>
export interface StoredReason {
  code: string
  clause: string | null
  params: Record<string, unknown>
}
/** A row without the words of its reasons and notes, which depend on the reader's language. */
export type StoredRankingRow = Omit<RankingRow, 'reasons' | 'notes'> & {
  reasons: StoredReason[]
  notes: StoredReason[]
}

/** A page of the ranking; `page` null: all rows. Throws `sort-unknown`. */
export async function readRanking(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  filter: RankingFilter,
  access: { scope: ResultScope; page: { page: number; pageSize: number } | null },
): Promise<Page<StoredRankingRow>> {
  const where = whereOf(run, filter, access.scope)
  const from = sql`core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    where r.run_id = ${run.id} and ${where}`
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(
    db,
  )
  const total = counted[0]!.total
  const { page, pageSize } = access.page ?? { page: 1, pageSize: Math.max(total, 1) }
  const { rows } = await sql<StoredRankingRow>`
    select ${columnsOf(run)} from (
      select r.*, t.code, t.family_name, t.given_name, t.patronymic, t.unit_id, t.faculty_id, t.position, t.degree,
        t.rate, row_number() over (order by ${orderOf(run, filter)}) as row_no
      from ${from}
      order by row_no limit ${pageSize} offset ${(page - 1) * pageSize}
    ) x order by x.row_no`.execute(db)
  return { items: rows, total, page, pageSize }
}

function columnsOf(run: FinishedRun): RawBuilder<unknown> {
  const digits = run.document.rounding.digits
  return sql`x.teacher_id as "teacherId", x.code, x.family_name as "familyName", x.given_name as "givenName",
    x.patronymic, x.unit_id as "departmentId", x.faculty_id as "facultyId", x.position, x.degree,
    trim_scale(x.rate)::text as rate, x.league, x.status, x.reasons, x.total_rounded::text as total, x.place, x.band,
    (select jsonb_build_object('lower', c.lower_place, 'upper', c.upper_place, 'band', c.tied_band)
      from core.run_certainty_teacher c
      where c.run_id = ${run.id} and c.teacher_id = x.teacher_id and c.lower_place is not null) as certainty,
    coalesce((select jsonb_object_agg(a.area, round(a.score, ${digits})::text) from core.run_area a
      where a.run_id = ${run.id} and a.teacher_id = x.teacher_id), '{}') as areas, x.money::text as money, x.notes`
}

function whereOf(run: FinishedRun, filter: RankingFilter, scope: ResultScope): RawBuilder<unknown> {
  const tests: RawBuilder<unknown>[] = [withinScope(scope)]
  if (filter.league !== undefined) tests.push(sql`r.league = ${filter.league}`)
  if (filter.status !== undefined) tests.push(sql`r.status = ${filter.status}`)
  if (filter.position !== undefined) tests.push(sql`t.position = ${filter.position}`)
  if (filter.unit !== undefined) tests.push(belowUnit(run.snapshotId, filter.unit))
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
    tests.push(sql`concat_ws(' ', t.family_name, t.given_name, t.patronymic, t.code) ilike ${pattern}`)
  }
  return sql.join(tests, sql` and `)
}

const sortColumns: Record<string, RawBuilder<unknown>> = {
  total: sql`r.total`,
  place: sql`r.place`,
  money: sql`r.money`,
  name: sql`t.family_name`,
  code: sql`t.code`,
  position: sql`(select p.sort_order from core.position p where p.code = t.position)`,
  department: sql`(select u.code from core.snapshot_unit u where u.snapshot_id = t.snapshot_id and u.unit_id = t.unit_id)`,
}

/** Whoever has no value comes last in both directions; equal values are ordered by name. */
function orderOf(run: FinishedRun, filter: RankingFilter): RawBuilder<unknown> {
  const direction = sql.raw(filter.direction)
  const isArea = run.document.areas.some(({ id }) => id === filter.sort)
  const column = isArea
    ? sql`(select a.score from core.run_area a where a.run_id = ${run.id} and a.teacher_id = r.teacher_id
        and a.area = ${filter.sort})`
    : sortColumns[filter.sort]
  if (!column) throw new UstazError('sort-unknown', { params: { sort: filter.sort } })
  return sql`${column} ${direction} nulls last, r.place nulls last, t.family_name, t.given_name, t.code`
}
