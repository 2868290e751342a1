import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { AppContext } from '../../core/app-context.ts'
import type { Equipment, Fault } from '../../devices/simulator/messages-of.ts'
import { faults } from '../../devices/simulator/messages-of.ts'
import type { SimulatedRoom } from '../../devices/simulator/room-at.ts'
import type { ClassroomTables } from '../../plugins/classroom/tables.ts'

/** A room that is played, with its device. */
export interface PlayedRoom {
  device: { name: string; equipment: Equipment; fault: Fault }
  room: SimulatedRoom
}

const roomCount = 24
/** Lessons around the hour at which the demonstration is started, so that whenever that is, a day goes on. */
const hours = { before: 5, after: 12 }
const hourMs = 3_600_000
const subjects = ['Algebra', 'Physics', 'Databases', 'History', 'Materials', 'Ecology']
const kinds = ['lecture', 'practice', 'laboratory', 'seminar'] as const

/**
 * Rooms, sensors and the lessons of the hours around now, under the names of their hours: a second start on the same day brings the same, on
 * another day another day's. Answers what is to be played.
 */
export async function loadRooms({ db: core, host }: AppContext, now: Date): Promise<PlayedRoom[]> {
  const db = host.contextOf('classroom').db as unknown as Kysely<ClassroomTables>
  const teachers = await core
    .selectFrom('teacher')
    .select('id')
    .orderBy('id')
    .limit(roomCount * 3)
    .execute()
  const firstHour = Math.floor(now.getTime() / hourMs) - hours.before
  const played: PlayedRoom[] = []
  for (let index = 0; index < roomCount; index++) {
    const code = `${1 + Math.floor(index / 8)}${String((index % 8) + 1).padStart(2, '0')}`
    const capacity = [30, 30, 60, 24][index % 4]!
    const roomId = await ensureRoom(db, code, { capacity, floor: code[0]! })
    const lessons = Array.from({ length: hours.before + hours.after }, (_, slot) => firstHour + slot)
      .filter((hour) => (hour * 7 + index) % 4 !== 0)
      .map((hour) => {
        const enrolment = Math.round(capacity * 0.8)
        const missing = (hour * 13 + index * 5) % 9
        return {
          hour,
          enrolment,
          startsAt: hour * hourMs,
          endsAt: hour * hourMs + 50 * 60_000,
          students: enrolment - missing,
        }
      })
    await db
      .insertInto('lesson')
      .values(
        lessons.map(({ hour, enrolment, startsAt, endsAt }) => ({
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
          weekday: sql<number>`extract(isodow from ${new Date(startsAt)}::timestamptz at time zone 'Asia/Almaty')`,
          hour: sql<number>`extract(hour from ${new Date(startsAt)}::timestamptz at time zone 'Asia/Almaty')`,
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
    played.push({ device, room: { seed: index, volume: capacity * 6, lessons } })
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
