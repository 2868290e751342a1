import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { UstazError } from '../contract/problem.ts'
import type { listTableByName, TableSetting } from '../contract/resources/publication.ts'
import type { CoreTables } from '../database/tables.ts'
import type { FinishedRun } from '../rating/results/find-run.ts'

/** Whether everybody sees published places by name; off until somebody turns it on. */
export async function isTableByNameOn(db: Kysely<CoreTables>): Promise<boolean> {
  const line = await db
    .selectFrom('table_by_name')
    .select('is_on')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return line?.is_on ?? false
}

/** The newest changes, at most a hundred. */
export async function readTableSetting(db: Kysely<CoreTables>): Promise<TableSetting> {
  const lines = await db
    .selectFrom('table_by_name as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(['t.is_on', 't.reason', 't.happened_at', 'a.name'])
    .orderBy('t.id', 'desc')
    .limit(100)
    .execute()
  return {
    isOn: lines[0]?.is_on ?? false,
    history: lines.map((line) => ({
      isOn: line.is_on,
      by: line.name,
      at: line.happened_at.toISOString(),
      reason: line.reason,
    })),
  }
}

export async function changeTableByName(
  db: Kysely<CoreTables>,
  change: { isOn: boolean; reason: string; accountId: number; at: Date },
): Promise<void> {
  const { isOn, reason, accountId, at } = change
  await db
    .insertInto('table_by_name')
    .values({ is_on: isOn, reason, account_id: accountId, happened_at: at })
    .execute()
}

type Table = z.output<(typeof listTableByName)['response']>
type Query = z.output<(typeof listTableByName)['query']>

/**
 * A page of who has which place, for everybody; of a run that others may see, which the caller has asked. Throws
 * `table-by-name-off` (403).
 */
export async function readTableByName(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  query: Query,
): Promise<Table> {
  if (!(await isTableByNameOn(db))) throw new UstazError('table-by-name-off', { status: 403 })
  const { page, pageSize } = query
  const league = query.league === undefined ? sql`` : sql`and r.league = ${query.league}`
  const leagues = run.document.leagues.map(({ id }) => id)
  const from = sql`core.run_teacher r
    join core.snapshot_teacher t on t.snapshot_id = ${run.snapshotId} and t.teacher_id = r.teacher_id
    where r.run_id = ${run.id} and r.status = 'ranked' ${league}`
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(
    db,
  )
  const { rows: items } = await sql<Table['items'][number]>`
    select t.teacher_id as "teacherId", t.family_name as "familyName", t.given_name as "givenName", t.patronymic,
      t.unit_id as "departmentId", t.position, r.league, r.place, r.total_rounded::text as total
    from ${from}
    order by array_position(${leagues}::text[], r.league), r.place, t.family_name, t.given_name, t.code
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  return { items, total: counted[0]!.total, page, pageSize }
}
