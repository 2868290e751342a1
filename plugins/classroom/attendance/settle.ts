import { momentOf } from '@ustaz/devices'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClassroomSettings } from '../settings.ts'
import type { ClassroomTables } from '../tables.ts'
import { estimateLesson, shareOf } from './estimate-lesson.ts'
import { comparePeers } from './peers.ts'
import { readSensors } from './read-sensors.ts'
import { roomMinutes } from './room-minutes.ts'

interface Settling {
  db: Kysely<ClassroomTables>
  settings: ClassroomSettings
  now: Date
}

/** Days of one room that one transaction settles. */
const daysAtOnce = 50
/** Minutes in which people come and go: they say nothing about who attended. */
const margin = { first: 10, last: 5, ofAtLeast: 40 }

/**
 * Computes the lessons anew of all days of which readings came since, and of those that were open then and are over now. May run twice, also
 * at the same time: each day is taken by one. Answers how many lessons were computed.
 */
export async function settleLessons({ db, settings, now }: Settling): Promise<number> {
  let settled = 0
  for (;;) {
    const count = await db.transaction().execute(async (trx) => {
      const { rows: taken } = await sql<{ device_id: number; day: string }>`
        delete from plugin_classroom.unsettled_day where ctid = any(array(
          select ctid from plugin_classroom.unsettled_day order by day, device_id limit ${daysAtOnce} for update skip locked))
        returning device_id, day::text as day`.execute(trx)
      if (taken.length === 0) return null
      const lessons = await lessonsOf(trx, taken, now)
      for (const lesson of lessons) await settleLesson(trx, lesson, { settings, now })
      await comparePeers(
        trx,
        lessons.map(({ id }) => id),
        settings,
      )
      return lessons.length
    })
    if (count === null) return settled
    settled += count
  }
}

interface SettledLesson {
  id: number
  room_id: number
  capacity: number | null
  enrolment: number | null
  starts_at: Date
  ends_at: Date
}

/** Lessons that are over in rooms where the devices stood on these days (UTC; a day more on either side, for local days reach over). */
async function lessonsOf(
  db: Kysely<ClassroomTables>,
  taken: readonly { device_id: number; day: string }[],
  now: Date,
): Promise<SettledLesson[]> {
  const { rows } = await sql<SettledLesson>`
    select distinct l.id, l.room_id, room.capacity, l.enrolment, l.starts_at, l.ends_at
    from unnest(${taken.map((one) => one.device_id)}::bigint[], ${taken.map(({ day }) => day)}::date[]) as t (device_id, day)
    join plugin_classroom.device_room dr on dr.device_id = t.device_id
    join plugin_classroom.lesson l on l.room_id = dr.room_id
      and l.starts_at >= dr.starts_at and (dr.ends_at is null or l.starts_at < dr.ends_at)
      and l.starts_at >= (t.day::timestamp at time zone 'UTC') - interval '24 hours'
      and l.starts_at < (t.day::timestamp at time zone 'UTC') + interval '48 hours'
    join plugin_classroom.room on room.id = l.room_id
    where l.cancelled_at is null and l.ends_at <= ${now}
    order by l.id`.execute(db)
  return rows
}

async function settleLesson(
  db: Kysely<ClassroomTables>,
  lesson: SettledLesson,
  { settings, now }: { settings: ClassroomSettings; now: Date },
): Promise<void> {
  const night = nightBefore(lesson.starts_at, settings.timeZone)
  const tomorrow = nightBefore(new Date(night.getTime() + 36 * 3_600_000), settings.timeZone)
  const { sensors, climate } = await readSensors(db, { lesson, night, tomorrow })
  const long = lesson.ends_at.getTime() - lesson.starts_at.getTime() >= margin.ofAtLeast * 60_000
  const { method, minutes } = roomMinutes(
    { sensors, emptyAt: night.getTime(), isComplete: now >= tomorrow, capacity: lesson.capacity },
    {
      from: lesson.starts_at.getTime() + (long ? margin.first * 60_000 : 0),
      to: lesson.ends_at.getTime() - (long ? margin.last * 60_000 : 0),
    },
    { countError: settings.countError },
  )
  const estimate = estimateLesson(minutes, settings)
  const share = shareOf(estimate, lesson.enrolment)
  const row = {
    computed_at: now,
    method,
    coverage: estimate.coverage,
    people: estimate.people,
    lowest: estimate.lowest,
    highest: estimate.highest,
    share: share?.share ?? null,
    share_error: share?.error ?? null,
    ...climate,
    cold: climate.temperature === null ? null : climate.temperature < settings.coldBelow,
    stuffy: climate.co2 === null ? null : climate.co2 > settings.stuffyAbove,
  }
  await db
    .insertInto('lesson_attendance')
    .values({ lesson_id: lesson.id, ...row })
    .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(row))
    .execute()
}

/** When rooms are empty. */
const emptyHour = '04:00:00'

/** The last time before a moment at which the clocks of the university showed four in the morning. */
export function nightBefore(moment: Date, timeZone: string): Date {
  const dayOf = (at: number) => new Date(at).toLocaleDateString('sv-SE', { timeZone })
  const here = momentOf(`${dayOf(moment.getTime())}T${emptyHour}`, timeZone)!
  if (here <= moment) return here
  return momentOf(`${dayOf(moment.getTime() - 86_400_000)}T${emptyHour}`, timeZone)!
}
