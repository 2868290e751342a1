import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClassroomTables } from '../tables.ts'
import { readLiveRooms } from './live-rooms.ts'

/** How often it is looked for something new. */
const lookMs = 2000
/** How long one answer lasts; the browser asks again by itself. */
const lastsMs = 10 * 60_000

/** Server-sent events (WHATWG HTML, 9.2): `event: rooms` with a list of rooms of which something new is known; a comment while nothing is. */
export function followRooms(
  db: Kysely<ClassroomTables>,
  { now, timeZone }: { now(): Date; timeZone: string },
): Readable {
  return Readable.from(events(db, { now, timeZone }), { objectMode: false })
}

async function* events(db: Kysely<ClassroomTables>, { now, timeZone }: { now(): Date; timeZone: string }) {
  yield 'retry: 3000\n\n'
  const ends = performance.now() + lastsMs
  let since = now()
  while (performance.now() < ends) {
    const until = now()
    const rooms = await readLiveRooms(db, {
      now: until,
      timeZone,
      where: sql`exists (
        select from plugin_classroom.device_room dr join plugin_classroom.device_state s on s.device_id = dr.device_id
        where dr.room_id = room.id and dr.ends_at is null and s.last_seen_at > ${since})
        or exists (
        select from plugin_classroom.device_room dr join plugin_classroom.alert a on a.device_id = dr.device_id
        where dr.room_id = room.id and dr.ends_at is null and greatest(a.starts_at, a.ends_at) > ${since})`,
    })
    yield rooms.length > 0 ? `event: rooms\ndata: ${JSON.stringify(rooms)}\n\n` : ': nothing new\n\n'
    since = new Date(until.getTime() - lookMs)
    await wait(lookMs, undefined, { ref: false })
  }
}
