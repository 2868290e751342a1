import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClassroomSettings } from '../settings.ts'
import type { ClassroomTables } from '../tables.ts'

/** How far lessons may be apart to be compared: a term, about. */
const termDays = 75

/**
 * For lessons, and for those that are compared with them, the median share of lessons of other teachers that begin in the same hour, on the same
 * weekday and are of the same kind: an early lecture is held against other early lectures. Disputes that were accepted take a lesson out.
 */
export async function comparePeers(
  db: Kysely<ClassroomTables>,
  lessonIds: readonly number[],
  { minimumPeers }: ClassroomSettings,
): Promise<void> {
  if (lessonIds.length === 0) return
  await sql`
    with touched as (
      select distinct kind, weekday, hour, min(starts_at) as first, max(starts_at) as last
      from plugin_classroom.lesson where id = any(${[...lessonIds]}::bigint[]) group by kind, weekday, hour
    ), compared as (
      select l.id, l.kind, l.weekday, l.hour, l.teacher_id, l.starts_at
      from touched t join plugin_classroom.lesson l
        on l.kind = t.kind and l.weekday = t.weekday and l.hour = t.hour
        and l.starts_at between t.first - make_interval(days => ${termDays}) and t.last + make_interval(days => ${termDays})
      join plugin_classroom.lesson_attendance a on a.lesson_id = l.id
    )
    update plugin_classroom.lesson_attendance a set
      expected_share = case when p.peers >= ${minimumPeers} then p.median end, peers = p.peers
    from compared c cross join lateral (
      select count(*)::integer as peers, percentile_cont(0.5) within group (order by pa.share) as median
      from plugin_classroom.lesson pl
      join plugin_classroom.lesson_attendance pa on pa.lesson_id = pl.id
      where pl.kind = c.kind and pl.weekday = c.weekday and pl.hour = c.hour and pl.cancelled_at is null
        and pl.starts_at between c.starts_at - make_interval(days => ${termDays}) and c.starts_at + make_interval(days => ${termDays})
        and pl.teacher_id is distinct from c.teacher_id and pa.share is not null
        and not exists (select from plugin_classroom.dispute d where d.lesson_id = pl.id and d.decision = 'accepted')
    ) p
    where a.lesson_id = c.id and (a.expected_share, a.peers) is distinct from (
      case when p.peers >= ${minimumPeers} then p.median end, p.peers)`.execute(db)
}
