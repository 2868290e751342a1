import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Page } from '../contract/paging.ts'
import type { AbsentDecider } from '../contract/resources/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import { dayOf } from '../publication/appeal-days.ts'
import { rolesOfHolder } from './seats.ts'

const holders = ['leader', 'head', 'dean', 'verifier'] as const

/**
 * Who decides and is on leave today, while in their queue there are turns that nobody who is there may decide, neither one who sits
 * for them too nor one who stands in: what has waited longest first. The office, which may act anywhere, does not count.
 */
export async function listAbsent(
  { db, now }: { db: Kysely<CoreTables>; now: () => Date },
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<AbsentDecider>> {
  const today = dayOf(now())
  const pairs = holders.flatMap((holder) => rolesOfHolder(holder).map((role) => [role, holder] as const))
  const { rows } = await sql<Row>`
    with recursive below as (
      select distinct unit_id as top, unit_id as id from core.account_role where unit_id is not null
      union select b.top, u.id from core.unit u join below b on u.parent_id = b.id
    ), decides as (
      select * from unnest(${pairs.map(([role]) => role)}::text[], ${pairs.map(([, holder]) => holder)}::text[]) d (role, holder)
    ), away as (
      select a.id, a.teacher_id, max(coalesce(l.ends_on, 'infinity'::date)) as until
      from core.leave l join core.account a on a.teacher_id = l.teacher_id
      where ${today}::date between l.starts_on and coalesce(l.ends_on, 'infinity'::date)
        and exists (select from core.account_role r join decides d on d.role = r.role where r.account_id = a.id)
      group by a.id, a.teacher_id
    ), standing as (
      select d.from_account_id as account_id, d.to_account_id as by_id from core.delegation d
      where d.ended_at is null and ${today}::date between d.starts_on and d.ends_on
        and d.to_account_id not in (select id from away)
    ), seat as (
      select distinct r.account_id, d.holder, b.id as unit_id from core.account_role r join decides d on d.role = r.role
      left join below b on b.top = r.unit_id
    ), present as (
      select s.account_id, s.account_id as by_id, s.holder, s.unit_id from seat s
      join core.account a on a.id = s.account_id and a.locked_at is null where s.account_id not in (select id from away)
      union select s.account_id, x.by_id, s.holder, s.unit_id from seat s join standing x on x.account_id = s.account_id
    ), conflict as materialized (
      select p.id, c.teacher_id from (select account_id as id from present union select by_id from present) p
      cross join lateral core.conflicts_of(p.id) c (teacher_id)
    ), waiting as (
      select distinct on (away.id, t.evidence_id) away.id, away.teacher_id, away.until, t.evidence_id, t.since, t.due_on
      from away join seat s on s.account_id = away.id
      join core.evidence_turn t on t.holder = s.holder and (s.unit_id is null or s.unit_id = t.unit_id)
      where t.closed_at is null and coalesce(t.closes_on, 'infinity'::date) >= ${today}::date
        and not exists (
          select from present x where x.holder = t.holder and (x.unit_id is null or x.unit_id = t.unit_id)
            and not exists (select from core.evidence_participant p join conflict c on c.teacher_id = p.teacher_id
              where p.evidence_id = t.evidence_id and c.id in (x.account_id, x.by_id)))
      order by away.id, t.evidence_id, t.since
    )
    select w.id as account_id, a.name, w.teacher_id, nullif(w.until, 'infinity'::date) as until, count(*)::int as waiting,
      (count(*) filter (where w.due_on < ${today}::date))::int as overdue, min(w.since) as oldest,
      (count(*) over ())::int as total
    from waiting w join core.account a on a.id = w.id
    group by w.id, a.name, w.teacher_id, w.until order by min(w.since), w.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const items = rows.map((row) => itemOf(row, now()))
  return { items, total: rows[0]?.total ?? 0, page, pageSize }
}

interface Row {
  account_id: number
  name: string
  teacher_id: number
  until: string | null
  waiting: number
  overdue: number
  oldest: Date
  total: number
}

function itemOf(row: Row, now: Date): AbsentDecider {
  return {
    accountId: row.account_id,
    name: row.name,
    teacherId: row.teacher_id,
    awayUntil: row.until,
    waiting: row.waiting,
    overdue: row.overdue,
    oldestDays: Math.max(0, Math.floor((now.getTime() - row.oldest.getTime()) / 86_400_000)),
  }
}
