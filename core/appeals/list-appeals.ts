import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Page } from '../contract/paging.ts'
import type { Appeal, listAppeals as listRoute } from '../contract/resources/appeals.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import { storedDocument } from '../rating/document/stored-document.ts'
import { titlesOf } from '../rating/results/teacher-result.ts'

type Filter = z.output<(typeof listRoute)['query']>
/** Whose appeals: all, of a teacher, of a reviewer. */
export type Whose = { teacherId: number | null } | { reviewerId: number } | 'all'

const isOpen = sql`(a.state in ('filed', 'in-review'))`

/** A page of appeals: open ones first, by the last day for an answer, then the newest. `today`: YYYY-MM-DD. */
export async function listAppeals(
  db: Kysely<CoreTables>,
  whose: Whose,
  filter: Filter,
  today: string,
): Promise<Page<Appeal>> {
  const tests = [whoseTest(whose)]
  if (filter.run !== undefined) tests.push(sql`a.run_id = ${filter.run}`)
  if (filter.state !== undefined) tests.push(sql`a.state = ${filter.state}`)
  if (filter.overdue) tests.push(sql`${isOpen} and a.answer_until < ${today}::date`)
  const where = sql.join(tests, sql` and `)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from core.appeal a where ${where}`.execute(db)
  const items = await readAppeals(db, where, today, {
    order: sql`${isOpen} desc, case when ${isOpen} then a.answer_until end, a.id desc`,
    limit: sql`limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`,
  })
  return { items, total: counted[0]!.total, page: filter.page, pageSize: filter.pageSize }
}

function whoseTest(whose: Whose): RawBuilder<unknown> {
  if (whose === 'all') return sql`true`
  return 'reviewerId' in whose
    ? sql`a.reviewer_id = ${whose.reviewerId}`
    : sql`a.teacher_id = ${whose.teacherId}::bigint`
}

/** Appeals (called a) that a test lets through, with the titles of their clauses. */
export async function readAppeals(
  db: Kysely<CoreTables>,
  where: RawBuilder<unknown>,
  today: string,
  { order, limit }: { order: RawBuilder<unknown>; limit: RawBuilder<unknown> },
): Promise<Appeal[]> {
  const { rows } = await sql<
    Omit<Appeal, 'clauseTitle' | 'filedAt' | 'answeredAt'> & { filedAt: Date; answeredAt: Date | null }
  >`
    select a.id, a.run_id as "runId", a.teacher_id as "teacherId",
      concat_ws(' ', t.family_name, t.given_name, t.patronymic) as teacher, a.subject, a.line_no as "lineNo",
      a.evidence_id as "evidenceId", a.clause, a.state, a.reason, a.filed_at as "filedAt",
      greatest(0, coalesce((a.answered_at at time zone 'UTC')::date, ${today}::date)
        - (a.filed_at at time zone 'UTC')::date) as "ageDays",
      a.answer_until as "answerUntil", (${isOpen} and a.answer_until < ${today}::date) as "isOverdue",
      r.name as reviewer, a.answer, a.answered_at as "answeredAt",
      (select max(c.run_id) from core.run_correction c
        join core.run_correction_appeal x on x.run_correction_id = c.id
        join core.run on run.id = c.run_id and run.state = 'done'
        where x.appeal_id = a.id) as "correctedBy"
    from core.appeal a
    join core.teacher t on t.id = a.teacher_id
    left join core.account r on r.id = a.reviewer_id
    where ${where} order by ${order} ${limit}`.execute(db)
  const titles = await readTitles(db, [...new Set(rows.map(({ runId }) => runId))])
  return rows.map((row) => ({
    ...row,
    filedAt: row.filedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    clauseTitle: row.clause === null ? null : (titles.get(row.runId)?.get(row.clause) ?? null),
  }))
}

/** Titles of clauses in the regulations of some runs. */
export async function readTitles(
  db: Kysely<CoreTables>,
  runIds: readonly number[],
): Promise<Map<number, Map<string, LocalizedText>>> {
  if (runIds.length === 0) return new Map()
  const runs = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .select(['run.id', 'v.document'])
    .where('run.id', 'in', runIds)
    .execute()
  return new Map(runs.map(({ id, document }) => [id, titlesOf(storedDocument(document))]))
}
