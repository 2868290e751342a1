import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import { readLiveRooms } from './live-rooms.ts'

/** Rooms that are looked at at once. */
const roomsAtOnce = 50

/** Devices that count people in rooms where more are counted than can be. */
export async function findDoubtfulDevices(
  db: Kysely<ClassroomTables>,
  asked: { now: Date; timeZone: string },
): Promise<number[]> {
  const { rows: counting } = await sql<{ device_id: number; room_id: number }>`
    select dr.device_id, dr.room_id from plugin_classroom.device_room dr
    where dr.ends_at is null and exists (
      select from plugin_classroom.reading r where r.device_id = dr.device_id
        and r.quantity in ('people', 'in-total', 'out-total', 'in-period', 'out-period')
        and r.measured_at > ${asked.now}::timestamptz - interval '1 hour' and r.measured_at <= ${asked.now})`.execute(
    db,
  )
  const ids = [...new Set(counting.map((one) => one.room_id))]
  const doubtful = new Set<number>()
  for (let first = 0; first < ids.length; first += roomsAtOnce) {
    const some = ids.slice(first, first + roomsAtOnce)
    const rooms = await readLiveRooms(db, { ...asked, where: sql`room.id = any(${some}::bigint[])` })
    for (const { id, doubt } of rooms) if (doubt !== null) doubtful.add(id)
  }
  return counting.filter((one) => doubtful.has(one.room_id)).map((one) => one.device_id)
}
