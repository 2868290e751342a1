import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Page } from '../contract/paging.ts'
import type { CoreTables } from '../database/tables.ts'

/** An entry as it is stored. */
export interface StoredEntry {
  id: number
  at: Date
  actor: string
  account: { id: number; name: string | null } | null
  request: string | null
  table: string
  key: Record<string, unknown>
  action: 'insert' | 'update' | 'delete' | 'truncate' | 'erase'
  teacher: { id: number; code: string; name: string } | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  erased: boolean
  position: number | null
}

interface AuditFilter {
  page: number
  pageSize: number
  /** Days in UTC, both inclusive. */
  from?: string | undefined
  to?: string | undefined
  teacher?: number | undefined
  account?: number | undefined
  table?: string | undefined
  action?: string | undefined
  request?: string | undefined
}

/** Entries of the audit log, newest first. */
export async function listEntries(db: Kysely<CoreTables>, filter: AuditFilter): Promise<Page<StoredEntry>> {
  const { page, pageSize } = filter
  const where = sql.join([sql`true`, ...conditionsOf(filter)], sql` and `)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from core.audit_entry e where ${where}`.execute(db)
  const { rows: items } = await sql<StoredEntry>`
    select e.id, e.at, e.actor, e.request, e.table_name as "table", e.key, e.action, e.before, e.after,
      e.salt is null as erased, l.position,
      case when e.account_id is not null then jsonb_build_object('id', e.account_id, 'name', a.name) end as account,
      case when t.id is not null then jsonb_build_object('id', t.id, 'code', t.code,
        'name', concat_ws(' ', t.family_name, t.given_name, t.patronymic)) end as teacher
    from (select * from core.audit_entry e where ${where} order by e.id desc limit ${pageSize} offset ${(page - 1) * pageSize}) e
    left join core.audit_link l on l.entry_id = e.id
    left join core.account a on a.id = e.account_id
    left join core.teacher t on t.id = e.teacher_id
    order by e.id desc`.execute(db)
  return { items, total: counted[0]!.total, page, pageSize }
}

function conditionsOf({
  from,
  to,
  teacher,
  account,
  table,
  action,
  request,
}: AuditFilter): RawBuilder<unknown>[] {
  return [
    ...(from === undefined ? [] : [sql`e.at >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`e.at < ${to}::date + 1`]),
    ...(teacher === undefined ? [] : [sql`(${aboutTeacher(teacher)})`]),
    ...(account === undefined ? [] : [sql`e.account_id = ${account}`]),
    ...(table === undefined ? [] : [sql`e.table_name = ${table}`]),
    ...(action === undefined ? [] : [sql`e.action = ${action}`]),
    ...(request === undefined ? [] : [sql`e.request = ${request}`]),
  ]
}

/** Rows that name the teacher, the teacher's account, and evidence the teacher takes part in. */
export function aboutTeacher(teacher: number): RawBuilder<unknown> {
  const evidence = sql`select evidence_id from core.evidence_participant where teacher_id = ${teacher}`
  const accounts = sql`select id from core.account where teacher_id = ${teacher}`
  return sql`e.teacher_id = ${teacher}
    or (e.table_name = 'core.evidence' and (e.key ->> 'id')::bigint in (${evidence}))
    or (e.table_name in ('core.evidence_file', 'core.evidence_change')
      and (coalesce(e.after, e.before) ->> 'evidence_id')::bigint in (${evidence}))
    or (e.table_name = 'core.evidence_file' and (e.key ->> 'id')::bigint in
      (select id from core.evidence_file where evidence_id in (${evidence})))
    or (e.table_name = 'core.evidence_change' and (e.key ->> 'id')::bigint in
      (select id from core.evidence_change where evidence_id in (${evidence})))
    or (e.table_name = 'core.account' and (e.key ->> 'id')::bigint in (${accounts}))
    or (e.table_name = 'core.account_role' and (e.key ->> 'account_id')::bigint in (${accounts}))`
}

/** Tables whose changes are recorded, with their schema. */
export async function listAuditedTables(db: Kysely<CoreTables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where t.tgname = 'audit_update' order by 1`.execute(db)
  return rows.map(({ name }) => name)
}
