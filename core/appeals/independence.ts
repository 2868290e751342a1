import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { reviewerObjections } from '../contract/resources/appeals.ts'
import type { CoreTables } from '../database/tables.ts'

export type Objection = (typeof reviewerObjections)[number]
export interface Concerned {
  teacherId: number
  filedBy: number
  evidenceId: number | null
}
interface Candidate {
  accountId: number
  name: string
  objection: Objection | null
}

/**
 * Accounts with a role, by name, and what speaks against each as the reviewer of an appeal, the first that does: the appellant, who
 * decided about the evidence (also in the stead of another, or through one standing in), a co-author, who leads a unit of the
 * appellant (whose own result may rest on it), a declared relative. null: independent.
 */
export async function findCandidates(
  db: Kysely<CoreTables>,
  { teacherId, filedBy, evidenceId }: Concerned,
  filter: { accountId?: number; search?: string; page: number; pageSize: number },
): Promise<{ items: Candidate[]; total: number }> {
  const pattern = `%${(filter.search ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Candidate & { total: number }>`
    with recursive above as (
      select a.unit_id as id from core.appointment a
      where a.teacher_id = ${teacherId} and current_date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)
      union
      select u.parent_id from core.unit u join above on above.id = u.id where u.parent_id is not null
    )
    select a.id as "accountId", a.name, (count(*) over ())::int as total,
      case
        when a.id = ${filedBy} or a.teacher_id = ${teacherId} then 'appellant'
        when exists (select from core.evidence_change c where c.evidence_id = ${evidenceId}::bigint
          and a.id in (c.account_id, c.for_account_id)
          and c.action in ('approve', 'pass', 'return', 'reject', 'judge', 'reopen')) then 'decided'
        when exists (select from core.evidence_participant p where p.evidence_id = ${evidenceId}::bigint
          and p.teacher_id = a.teacher_id) then 'co-author'
        when exists (select from core.account_role r where r.account_id = a.id and r.role in ('head', 'dean')
          and r.unit_id in (select id from above)) then 'leads'
        when exists (select from core.relative r where r.account_id = a.id and r.teacher_id = ${teacherId}
          and r.ended_at is null) then 'relative'
      end as objection
    from core.account a
    where exists (select from core.account_role r where r.account_id = a.id and r.role <> 'technician')
      and (${filter.accountId ?? null}::bigint is null or a.id = ${filter.accountId ?? null}::bigint)
      and a.name ilike ${pattern}
    order by a.name, a.id limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db)
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** What speaks against one account; `unknown`: there is no such account with a role. */
export async function findObjection(
  db: Kysely<CoreTables>,
  concerned: Concerned,
  accountId: number,
): Promise<Objection | 'unknown' | null> {
  const { items } = await findCandidates(db, concerned, { accountId, page: 1, pageSize: 1 })
  return items[0] ? items[0].objection : 'unknown'
}
