import { UstazError } from '@ustaz/core/contract'
import { momentOf } from '@ustaz/devices'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RoomDay } from '../contract.ts'
import { roomMinutes } from '../attendance/room-minutes.ts'
import { readSensors } from '../attendance/read-sensors.ts'
import { nightBefore } from '../attendance/settle.ts'
import type { ClassroomTables } from '../tables.ts'

interface Asked {
  id: number
  /** YYYY-MM-DD by the university's clock. */
  day: string
  now: Date
  timeZone: string
}

const stepMs = 10 * 60_000

/** A day of a room for drawing: means of ten minutes, and the lessons. Throws `classroom.room-not-found`. */
export async function readRoomDay(
  db: Kysely<ClassroomTables>,
  { id, day, now, timeZone }: Asked,
): Promise<RoomDay> {
  const room = await db
    .selectFrom('room')
    .select(['id', 'code', 'name', 'capacity'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!room) throw new UstazError('classroom.room-not-found', { status: 404, params: { id } })
  const night = nightBefore(momentOf(`${day}T12:00:00`, timeZone)!, timeZone)
  const end = new Date(Math.min(night.getTime() + 24 * 3_600_000, Math.max(now.getTime(), night.getTime())))
  const noon = {
    room_id: id,
    starts_at: new Date(Math.min(end.getTime(), night.getTime() + 8 * 3_600_000)),
    ends_at: end,
  }
  const { sensors } = await readSensors(db, { lesson: noon, night, tomorrow: end })
  const span = { from: night.getTime(), to: end.getTime() }
  const isComplete = now.getTime() >= night.getTime() + 24 * 3_600_000
  const whole = { sensors, emptyAt: night.getTime(), isComplete, capacity: room.capacity }
  const { minutes } = roomMinutes(whole, span, { countError: 0 })
  const climate = await readClimate(db, { id, night, end })
  const steps = Array.from(
    { length: Math.ceil((span.to - span.from) / stepMs) },
    (_, index) => span.from + index * stepMs,
  )
  const rows = steps.flatMap((at, index) => {
    const known = minutes.slice(index * 10, index * 10 + 10).filter((one) => one !== null)
    const people = known.length > 0 ? known.reduce((sum, one) => sum + one.people, 0) / known.length : null
    const air = climate.get(at)
    if (people === null && !air) return []
    const of = (quantity: string, digits: number) => {
      const value = air?.[quantity]
      return value === undefined ? null : Number(value.toFixed(digits))
    }
    return [
      {
        at: new Date(at).toISOString(),
        people: people === null ? null : Number(people.toFixed(1)),
        temperature: of('temperature', 1),
        co2: of('co2', 0),
        humidity: of('humidity', 0),
      },
    ]
  })
  return {
    room,
    rows,
    lessons: await readLessons(db, { id, night, end: new Date(night.getTime() + 24 * 3_600_000) }),
  }
}

async function readClimate(
  db: Kysely<ClassroomTables>,
  { id, night, end }: { id: number; night: Date; end: Date },
): Promise<Map<number, Record<string, number>>> {
  const { rows } = await sql<{ at: number; quantity: string; value: number }>`
    select (extract(epoch from date_bin('10 minutes', r.measured_at, ${night}::timestamptz)) * 1000)::bigint as at,
      r.quantity::text as quantity, avg(r.value) as value
    from plugin_classroom.device_room dr
    join plugin_classroom.reading r on r.device_id = dr.device_id
      and r.measured_at >= dr.starts_at and (dr.ends_at is null or r.measured_at < dr.ends_at)
    where dr.room_id = ${id} and r.measured_at >= ${night} and r.measured_at < ${end}
      and r.quantity in ('temperature', 'co2', 'humidity')
    group by 1, 2`.execute(db)
  const found = new Map<number, Record<string, number>>()
  for (const { at, quantity, value } of rows) found.set(at, { ...found.get(at), [quantity]: value })
  return found
}

async function readLessons(
  db: Kysely<ClassroomTables>,
  { id, night, end }: { id: number; night: Date; end: Date },
): Promise<RoomDay['lessons']> {
  const lessons = await db
    .selectFrom('lesson')
    .leftJoin('lesson_attendance', 'lesson_attendance.lesson_id', 'lesson.id')
    .select(['subject', 'kind', 'starts_at', 'ends_at', 'people'])
    .where('room_id', '=', id)
    .where('starts_at', '>=', night)
    .where('starts_at', '<', end)
    .where('cancelled_at', 'is', null)
    .orderBy('starts_at')
    .execute()
  return lessons.map(({ subject, kind, starts_at, ends_at, people }) => ({
    subject,
    kind,
    startsAt: starts_at.toISOString(),
    endsAt: ends_at.toISOString(),
    people,
  }))
}
