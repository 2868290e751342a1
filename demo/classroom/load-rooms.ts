import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { AppContext } from '../../core/app-context.ts'
import type { Equipment, Fault } from '../../devices/simulator/messages-of.ts'
import { faults } from '../../devices/simulator/messages-of.ts'
import type { SimulatedRoom } from '../../devices/simulator/room-at.ts'
import { nightBefore } from '../../plugins/classroom/attendance/settle.ts'
import type { ClassroomTables } from '../../plugins/classroom/tables.ts'
import { hourMs, lessonsBetween } from './played-lessons.ts'

/** A room that is played, with its device, and what of the device is stored: when it measured last, and the number of its last message. */
export interface PlayedRoom {
  device: { name: string; equipment: Equipment; fault: Fault }
  room: SimulatedRoom
  stored: { at: number; sequence: number } | null
}

const roomCount = 24
/** Lessons around the hour at which the demonstration is started, so that whenever that is, a day goes on. */
const hours = { before: 5, after: 12 }
/** So long before the night the people of earlier lessons are still to be felt in the air. */
const airHours = 5
const subjects = ['Algebra', 'Physics', 'Databases', 'History', 'Materials', 'Ecology']
const kinds = ['lecture', 'practice', 'laboratory', 'seminar'] as const

/**
 * Rooms, sensors and the lessons of the hours around now, under the names of their hours: a second start on the same day brings the same, on
 * another day another day's. Answers what is to be played.
 */
export async function loadRooms(
  { db: core, host, config: { timeZone } }: AppContext,
  now: Date,
): Promise<PlayedRoom[]> {
  const db = host.contextOf('classroom').db as unknown as Kysely<ClassroomTables>
  const teachers = await core
    .selectFrom('teacher')
    .select('id')
    .orderBy('id')
    .limit(roomCount * 3)
    .execute()
  const hour = Math.floor(now.getTime() / hourMs)
  const [firstHour, to] = [hour - hours.before, hour + hours.after]
  const night = nightBefore(new Date(firstHour * hourMs), timeZone)
  const played: PlayedRoom[] = []
  for (let index = 0; index < roomCount; index++) {
    const code = `${1 + Math.floor(index / 8)}${String((index % 8) + 1).padStart(2, '0')}`
    const capacity = [30, 30, 60, 24][index % 4]!
    const roomId = await ensureRoom(db, code, { capacity, floor: code[0]! })
    const from = Math.floor(night.getTime() / hourMs) - airHours
    const lessons = lessonsBetween({ index, capacity }, { from, to }, timeZone)
    const shown = lessons.filter((lesson) => lesson.hour >= firstHour)
    await db
      .insertInto('lesson')
      .values(
        shown.map(({ hour, enrolment, startsAt, endsAt }) => ({
          source: 'demonstration',
          source_key: `${code} ${hour}`,
          room_id: roomId,
          teacher_id: teachers[(index * 3 + (hour % 3)) % teachers.length]?.id ?? null,
          group_code: `G-${(hour + index) % 12}`,
          subject: subjects[(hour + index) % subjects.length]!,
          kind: kinds[(hour + index) % kinds.length]!,
          enrolment,
          starts_at: new Date(startsAt),
          ends_at: new Date(endsAt),
          weekday: sql<number>`extract(isodow from ${new Date(startsAt)}::timestamptz at time zone ${timeZone})`,
          hour: sql<number>`extract(hour from ${new Date(startsAt)}::timestamptz at time zone ${timeZone})`,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const device = {
      name: `room-${code}`,
      equipment: index % 3 === 2 ? ('door' as const) : ('camera' as const),
      fault: faultOf(index),
    }
    await ensureDevice(db, device.name, roomId, now)
    const stored = await findStored(db, device.name)
    played.push({ device, room: { seed: index, volume: capacity * 6, lessons }, stored })
  }
  return played
}

/** Most devices have nothing wrong; each fault has one. */
function faultOf(index: number): Fault {
  return index % 4 === 1 ? (faults[1 + Math.floor(index / 4)] ?? 'none') : 'none'
}

async function ensureRoom(
  db: Kysely<ClassroomTables>,
  code: string,
  { capacity, floor }: { capacity: number; floor: string },
): Promise<number> {
  const row = { code, name: code, building: 'A', floor, capacity }
  const { id } = await db
    .insertInto('room')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function ensureDevice(
  db: Kysely<ClassroomTables>,
  name: string,
  roomId: number,
  now: Date,
): Promise<void> {
  const made = await db
    .insertInto('device')
    .values({ name, type: 'ustaz', interval_seconds: 60, provisioned_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  const since = new Date(now.getTime() - 24 * hourMs)
  if (made)
    await db
      .insertInto('device_room')
      .values({ device_id: made.id, room_id: roomId, starts_at: since })
      .execute()
}

async function findStored(db: Kysely<ClassroomTables>, name: string): Promise<PlayedRoom['stored']> {
  const state = await db
    .selectFrom('device_state')
    .innerJoin('device', 'device.id', 'device_state.device_id')
    .select(['clock_at', 'last_sequence'])
    .where('device.name', '=', name)
    .executeTakeFirst()
  return state?.clock_at ? { at: state.clock_at.getTime(), sequence: state.last_sequence ?? -1 } : null
}
