import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { findDoubtfulDevices } from '../rooms/doubtful-devices.ts'
import type { ClassroomTables } from '../tables.ts'

/** Intervals without a word after which a device is silent. */
const silentIntervals = 5
/** Readings in a row, and hours they span, that may be the same to the last digit before a sensor is stuck. */
const stuck = { readings: 60, hours: 6 }
/** Seconds by which a clock may be off. */
const driftSeconds = 60

/**
 * Raises alerts and ends those whose cause is gone; an alert stands once for each device and kind while it lasts. silent: nothing came for five
 * intervals. stuck: temperature or CO2 gave the same value for hours (people may well be 0 all night). drifting: its clock is a minute off.
 * impossible: within a day values came that cannot be, or more people are counted in its room than can be there.
 */
export async function raiseAlerts(
  db: Kysely<ClassroomTables>,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<void> {
  const doubtful = await findDoubtfulDevices(db, { now, timeZone })
  const found = sql`
    select id as device_id, 'silent' as kind, coalesce(last_seen_at::text, '') as detail
    from plugin_classroom.device left join plugin_classroom.device_state on device_id = id
    where retired_at is null and not is_gateway and coalesce(last_seen_at, provisioned_at) < ${now}::timestamptz - interval_seconds * ${silentIntervals} * interval '1 second'
    union all
    select id, 'drifting', round(clock_ahead_seconds)::text
    from plugin_classroom.device join plugin_classroom.device_state on device_id = id
    where retired_at is null and abs(clock_ahead_seconds) > ${driftSeconds}
      and last_seen_at > ${now}::timestamptz - interval '1 day'
    union all
    select d.id, 'impossible', coalesce(min(q.detail), 'more people than can be in the room') from plugin_classroom.device d
    left join plugin_classroom.quarantine q on q.device_name = d.name and q.reason = 'impossible'
      and q.last_at > ${now}::timestamptz - interval '1 day'
    where d.retired_at is null and (q.id is not null or d.id = any(${doubtful}::bigint[])) group by d.id
    union all
    select d.id, 'stuck', min(s.quantity::text || ' ' || s.value) from plugin_classroom.device d
    cross join lateral (
      select r.quantity, r.channel, min(r.value) as value from plugin_classroom.reading r
      where r.device_id = d.id and r.quantity in ('temperature', 'co2')
        and r.measured_at > ${now}::timestamptz - make_interval(hours => ${stuck.hours}) and r.measured_at <= ${now}
      group by r.quantity, r.channel
      having count(*) >= ${stuck.readings} and min(r.value) = max(r.value)
    ) s where d.retired_at is null group by d.id`
  await db.transaction().execute(async (trx) => {
    await sql`
      with found as (${found})
      insert into plugin_classroom.alert (device_id, kind, detail, starts_at)
      select device_id, kind, detail, ${now} from found
      on conflict (device_id, kind) where ends_at is null do update set detail = excluded.detail`.execute(trx)
    await sql`
      with found as (${found})
      update plugin_classroom.alert a set ends_at = greatest(${now}::timestamptz, a.starts_at)
      where a.ends_at is null and not exists (
        select from found f where f.device_id = a.device_id and f.kind = a.kind)`.execute(trx)
  })
}
