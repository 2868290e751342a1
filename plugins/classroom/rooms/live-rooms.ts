import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Page } from '@ustaz/core/contract'
import type { LiveRoom } from '../contract.ts'
import { believe, mostPeople } from '../attendance/believable.ts'
import type { MinuteCount } from '../attendance/counts.ts'
import { insideOf } from '../attendance/room-minutes.ts'
import { nightBefore } from '../attendance/settle.ts'
import { readSensors } from '../attendance/read-sensors.ts'
import type { ClassroomTables } from '../tables.ts'

interface Asked {
  now: Date
  timeZone: string
  where?: RawBuilder<unknown>
}
type Row = Omit<LiveRoom, 'lesson' | 'at' | 'doubt'> & {
  at: Date | null
  subject: string | null
  kind: LiveRoom['lesson'] extends infer L ? (L extends { kind: infer K } ? K : never) : never
  ends_at: Date | null
  enrolment: number | null
  counts: boolean
}

/** Rooms as their sensors say they are: the newest reading that still holds; people of cameras, else of the counters at the doors. */
export async function readLiveRooms(
  db: Kysely<ClassroomTables>,
  { now, timeZone, where = sql`true` }: Asked,
): Promise<LiveRoom[]> {
  const newest = (quantity: string, aggregate = 'avg') => sql`
    (select ${sql.raw(aggregate)}(v.value) from (
      select distinct on (r.device_id, r.channel) r.value, r.measured_at, d.interval_seconds
      from plugin_classroom.device_room dr
      join plugin_classroom.device d on d.id = dr.device_id and d.retired_at is null
      join plugin_classroom.reading r on r.device_id = d.id and r.quantity = ${sql.lit(quantity)}
        and r.measured_at > ${now}::timestamptz - interval '1 hour' and r.measured_at <= ${now}
      where dr.room_id = room.id and dr.ends_at is null
      order by r.device_id, r.channel, r.measured_at desc, r.sequence desc) v
    where v.measured_at > ${now}::timestamptz - v.interval_seconds * interval '3 seconds')`
  const { rows } = await sql<Row>`
    select room.id, room.code, room.name, room.building, room.floor, room.capacity,
      ${newest('people', 'sum')} as people, ${newest('temperature')} as temperature, ${newest('co2')} as co2,
      ${newest('humidity')} as humidity, ${newest('in-total', 'count')} > 0 as counts,
      (select max(s.last_seen_at) from plugin_classroom.device_room dr
        join plugin_classroom.device_state s on s.device_id = dr.device_id where dr.room_id = room.id and dr.ends_at is null) as at,
      array(select distinct a.kind from plugin_classroom.device_room dr
        join plugin_classroom.alert a on a.device_id = dr.device_id and a.ends_at is null
        where dr.room_id = room.id and dr.ends_at is null order by a.kind) as alerts,
      l.subject, l.kind, l.ends_at, l.enrolment
    from plugin_classroom.room room
    left join lateral (
      select subject, kind, ends_at, sum(enrolment) over ()::integer as enrolment from plugin_classroom.lesson
      where room_id = room.id and starts_at <= ${now} and ends_at > ${now} and cancelled_at is null
      order by starts_at desc limit 1) l on true
    where ${where}
    order by room.building nulls last, room.floor nulls last, room.code`.execute(db)
  return await Promise.all(rows.map(async (row) => toRoom(row, await countOf(db, row, { now, timeZone }))))
}

/** `silent`: no sensor counts there now; null: they count more than can be there. */
async function countOf(
  db: Kysely<ClassroomTables>,
  row: Row,
  { now, timeZone }: Asked,
): Promise<MinuteCount | 'silent'> {
  if (row.people !== null) return believe({ people: row.people, error: 0 }, mostPeople(row.capacity))
  if (!row.counts) return 'silent'
  const night = nightBefore(now, timeZone)
  const lesson = { room_id: row.id, starts_at: now, ends_at: now }
  const { sensors } = await readSensors(db, { lesson, night, tomorrow: new Date(now.getTime() + 1) })
  const day = { sensors, emptyAt: night.getTime(), isComplete: false, capacity: row.capacity }
  const last = insideOf(day).at(-1)
  return last ? last.count : { people: 0, error: 0 }
}

function toRoom(
  { counts: _, subject, kind, ends_at, enrolment, at, ...row }: Row,
  count: MinuteCount | 'silent',
): LiveRoom {
  const round = (value: number | null, digits: number) =>
    value === null ? null : Number(value.toFixed(digits))
  return {
    ...row,
    people: count === null || count === 'silent' ? null : round(count.people, 0),
    doubt: count === null ? 'too-many' : null,
    temperature: round(row.temperature, 1),
    co2: round(row.co2, 0),
    humidity: round(row.humidity, 0),
    at: at?.toISOString() ?? null,
    lesson:
      subject === null || ends_at === null
        ? null
        : { subject, kind, endsAt: ends_at.toISOString(), enrolment },
  }
}

export async function listLiveRooms(
  db: Kysely<ClassroomTables>,
  { page, pageSize, search, ...asked }: Asked & { page: number; pageSize: number; search: string },
): Promise<Page<LiveRoom>> {
  const found = sql`(${search} = '' or strpos(lower(code || ' ' || name), lower(${search})) > 0)`
  const { rows } = await sql<{ id: number; total: number }>`
    select id, (count(*) over ())::integer as total from plugin_classroom.room
    where ${found} order by building nulls last, floor nulls last, code
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db)
  const ids = rows.map(({ id }) => id)
  const items = await readLiveRooms(db, { ...asked, where: sql`room.id = any(${ids}::bigint[])` })
  return { items, total: rows[0]?.total ?? 0, page, pageSize }
}
