import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import { lateSeconds } from './judge-message.ts'
import type { DeviceNews } from './judgement.ts'

/** A larger gap in the numbers is a counter that was set anew, not messages that were lost. */
const largestGap = 100_000

/** Keeps what messages say of their devices: last seen, connection, firmware, battery, clock, and how many messages are missing. */
export async function noteNews(
  trx: Transaction<ClassroomTables>,
  news: readonly DeviceNews[],
): Promise<void> {
  const rows = [...Map.groupBy(news, ({ deviceId }) => deviceId)]
    .sort(([a], [b]) => a - b)
    .map(([deviceId, all]) => ({ deviceId, ...newestOf(all) }))
  if (rows.length === 0) return
  await sql`
    with n as (
      select * from unnest(
        ${rows.map(({ deviceId }) => deviceId)}::bigint[],
        ${rows.map(({ seenAt }) => seenAt.toISOString())}::timestamptz[],
        ${rows.map(({ online }) => online)}::boolean[],
        ${rows.map(({ firmware }) => firmware)}::text[],
        ${rows.map(({ battery }) => battery)}::double precision[],
        ${rows.map(({ first }) => first)}::bigint[],
        ${rows.map(({ last }) => last)}::bigint[],
        ${rows.map(({ missed }) => missed)}::bigint[],
        ${rows.map(({ clockAhead }) => clockAhead)}::double precision[],
        ${rows.map(({ clockAt }) => clockAt?.toISOString() ?? null)}::timestamptz[])
        as u (device_id, seen_at, online, firmware, battery, first_sequence, last_sequence, missed, clock_ahead, clock_at)
    ), -- Locked before the gap is counted, and in the order in which they are written: another process may have messages of the same device.
    known as materialized (
      select device_id, last_sequence from plugin_classroom.device_state
      where device_id in (select device_id from n) order by device_id for no key update
    )
    insert into plugin_classroom.device_state as s
      (device_id, last_seen_at, online, firmware, battery, last_sequence, missed, clock_ahead_seconds, clock_at)
    select device_id, seen_at, coalesce(online, true), firmware, battery, n.last_sequence,
      missed + case when first_sequence - known.last_sequence between 1 and ${largestGap - 1}
        then first_sequence - known.last_sequence - 1 else 0 end,
      clock_ahead, clock_at
    from n left join known using (device_id)
    order by device_id
    on conflict (device_id) do update set
      last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at),
      online = excluded.online,
      firmware = coalesce(excluded.firmware, s.firmware),
      battery = coalesce(excluded.battery, s.battery),
      missed = s.missed + excluded.missed,
      last_sequence = coalesce(excluded.last_sequence, s.last_sequence),
      clock_ahead_seconds = case
        when excluded.clock_at < s.clock_at and excluded.clock_ahead_seconds < ${-lateSeconds} then s.clock_ahead_seconds
        else coalesce(excluded.clock_ahead_seconds, s.clock_ahead_seconds) end,
      clock_at = greatest(s.clock_at, excluded.clock_at)`.execute(trx)
}

/**
 * What several messages of one device come to: the last word of each kind, gaps inside, the clock by the one with the latest time. What is late and
 * older than what was known is what the device had kept: it says nothing of its clock.
 */
function newestOf(all: readonly DeviceNews[]) {
  const last = <K extends keyof DeviceNews>(key: K) => all.findLast((one) => one[key] !== null)?.[key] ?? null
  const numbers = all.flatMap(({ sequence }) => (sequence === null ? [] : [sequence]))
  const clocks = all.flatMap(({ seenAt, clockAhead }) =>
    clockAhead === null ? [] : [{ clockAhead, clockAt: new Date(seenAt.getTime() + clockAhead * 1000) }],
  )
  let clock = clocks[0]
  for (const one of clocks) if (clock && one.clockAt > clock.clockAt) clock = one
  let missed = 0
  for (const [index, number] of numbers.entries()) {
    const gap = index === 0 ? 0 : number - numbers[index - 1]! - 1
    if (gap > 0 && gap < largestGap) missed += gap
  }
  return {
    seenAt: all.at(-1)!.seenAt,
    online: last('online'),
    firmware: last('firmware'),
    battery: last('battery'),
    first: numbers[0] ?? null,
    last: numbers.at(-1) ?? null,
    missed,
    clockAhead: clock?.clockAhead ?? null,
    clockAt: clock?.clockAt ?? null,
  }
}
