import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** Subquery of ids: teachers who today hold a post in one of these units or a unit below. */
export function teachersOfUnits(unitIds: readonly number[]): RawBuilder<unknown> {
  return sql`
    select a.teacher_id
    from appointment a
    where a.unit_id in (
      with recursive below as (
        select id from unit where id = any(${unitIds}::bigint[])
        union
        select unit.id from unit join below on unit.parent_id = below.id
      )
      select id from below
    )
    and current_date between a.starts_on and coalesce(a.ends_on, 'infinity'::date)`
}
