import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { approvalSchema } from '../contract/regulation/approval.ts'
import type { Approval } from '../contract/regulation/approval.ts'
import type { CoreTables } from '../database/tables.ts'

/** The version of a regulation that says how an entry is approved. */
export interface Governing {
  versionId: number
  /** MM-DD on which its periods begin. */
  periodStart: string
  /** null: it names no stages. */
  approval: Approval | null
}
interface Row {
  id: number
  period_start: string
  approval: unknown
}

/**
 * Of each regulation the newest approved version that holds on the day the work was done (validFrom), if it counts the kind. Of
 * those, the one about people like the first teacher of the entry: who led a faculty that day, a department, or anybody; then one
 * that names stages; then the one approved last. null: no regulation counts it.
 */
export async function findGoverning(
  db: Kysely<CoreTables>,
  { indicator, day, teacherId }: { indicator: string; day: string; teacherId: number | null },
): Promise<Governing | null> {
  const { rows } = await sql<Row>`
    with newest as (
      select distinct on (v.regulation_id) v.id, v.document, v.approved_at from core.regulation_version v
      where v.state = 'approved' and coalesce(v.document ->> 'validFrom', '0001-01-01') <= ${day}
      order by v.regulation_id, coalesce(v.document ->> 'validFrom', '0001-01-01') desc, v.approved_at desc, v.id desc
    ), led as (
      select distinct u.kind from core.leadership l join core.unit u on u.id = l.unit_id
      where l.teacher_id = ${teacherId}::bigint and ${day}::date between l.starts_on and coalesce(l.ends_on, 'infinity'::date)
    )
    select n.id, n.document ->> 'periodStart' as period_start, n.document -> 'approval' as approval from newest n
    where n.document -> 'criteria' @> jsonb_build_array(jsonb_build_object('indicator', ${indicator}::text))
    order by case
        when n.document ->> 'rated' = 'faculty-leaders' and exists (select from led where kind = 'faculty') then 1
        when n.document ->> 'rated' = 'department-leaders' and exists (select from led where kind = 'department') then 2
        when coalesce(n.document ->> 'rated', 'all') = 'all' then 3
        else 4
      end, coalesce(jsonb_typeof(n.document -> 'approval'), 'null') = 'null', n.approved_at desc, n.id desc
    limit 1`.execute(db)
  return rows[0] ? toGoverning(rows[0]) : null
}

/** The version that was found when an entry was submitted; null: none was. */
export async function readGoverning(
  db: Kysely<CoreTables>,
  versionId: number | null,
): Promise<Governing | null> {
  if (versionId === null) return null
  const { rows } = await sql<Row>`
    select v.id, v.document ->> 'periodStart' as period_start, v.document -> 'approval' as approval
    from core.regulation_version v where v.id = ${versionId}`.execute(db)
  return rows[0] ? toGoverning(rows[0]) : null
}

function toGoverning({ id, period_start: periodStart, approval }: Row): Governing {
  return { versionId: id, periodStart, approval: approvalSchema.nullable().parse(approval ?? null) }
}
