import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Page } from '../contract/paging.ts'
import type { DataAccess } from '../contract/resources/privacy.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Scope } from '../plugin/route.ts'

interface AccessFilter {
  page: number
  pageSize: number
  teacher?: number | undefined
  account?: number | undefined
  what?: string | undefined
  /** Days in UTC, both inclusive. */
  from?: string | undefined
  to?: string | undefined
}

/** Who looked at whose data, newest first: everybody's, or what was seen of the asker. */
export async function listAccesses(
  db: Kysely<CoreTables>,
  scope: Scope,
  { page, pageSize, teacher, account, what, from, to }: AccessFilter,
): Promise<Page<DataAccess>> {
  const own = scope.all ? teacher : (scope.teacherId ?? -1)
  const wanted = [
    ...(own === undefined ? [] : [sql`(a.teacher_ids @> array[${own}]::bigint[] or a.everybody)`]),
    ...(account === undefined ? [] : [sql`a.account_id = ${account}`]),
    ...(what === undefined ? [] : [sql`a.what = ${what}`]),
    ...(from === undefined ? [] : [sql`a.at >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`a.at < ${to}::date + 1`]),
  ]
  const where = sql.join([sql`true`, ...wanted], sql` and `)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from core.data_access a where ${where}`.execute(db)
  const { rows: items } = await sql<Omit<DataAccess, 'at'> & { at: Date }>`
    select a.id, a.at, a.what, a.route, a.params, a.everybody, a.request,
      jsonb_build_object('id', a.account_id, 'name', c.name) as account,
      ${own === undefined ? sql`people.list` : sql`'[]'::jsonb`} as teachers, cardinality(a.teacher_ids) as "teacherCount"
    from (select * from core.data_access a where ${where}
      order by a.id desc limit ${pageSize} offset ${(page - 1) * pageSize}) a
    left join core.account c on c.id = a.account_id
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code,
        'name', concat_ws(' ', t.family_name, t.given_name, t.patronymic)) order by t.family_name, t.id), '[]') as list
      from (select * from core.teacher where id = any(a.teacher_ids[1:5])) t
    ) people
    order by a.id desc`.execute(db)
  return {
    items: items.map((access) => ({ ...access, at: access.at.toISOString() })),
    total: counted[0]!.total,
    page,
    pageSize,
  }
}
