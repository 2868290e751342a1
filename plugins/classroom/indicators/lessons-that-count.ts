import type { Period } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/**
 * Lessons of the period (days of the university's clock) that were held, with what was found about them; those whose dispute was accepted or is
 * still open are left out.
 */
export function lessonsThatCount(period: Period, timeZone: string): RawBuilder<unknown> {
  return sql`
    select l.teacher_id, (l.starts_at at time zone ${sql.lit(timeZone)})::date as day, a.*
    from plugin_classroom.lesson l
    join plugin_classroom.lesson_attendance a on a.lesson_id = l.id
    where l.teacher_id is not null and l.cancelled_at is null
      and l.starts_at >= (${period.from}::date::timestamp at time zone ${sql.lit(timeZone)})
      and l.starts_at < ((${period.to}::date + 1)::timestamp at time zone ${sql.lit(timeZone)})
      and not exists (
        select from plugin_classroom.dispute d where d.lesson_id = l.id and d.decision is distinct from 'rejected')`
}
