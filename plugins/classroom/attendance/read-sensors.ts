import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import type { RoomSensor } from './room-minutes.ts'

interface Asked {
  lesson: { room_id: number; starts_at: Date; ends_at: Date }
  /** The night before and the night after the lesson. */
  night: Date
  tomorrow: Date
}
interface Climate {
  temperature: number | null
  humidity: number | null
  co2: number | null
}

const lists = {
  people: 'people',
  'in-total': 'inTotal',
  'out-total': 'outTotal',
  'in-period': 'inPeriod',
  'out-period': 'outPeriod',
} as const

/** What the sensors of a lesson's room said that day: counts of each sensor, and the median of the climate during the lesson (null: nothing). */
export async function readSensors(
  db: Kysely<ClassroomTables>,
  { lesson, night, tomorrow }: Asked,
): Promise<{ sensors: RoomSensor[]; climate: Climate }> {
  const { rows } = await sql<{
    device_id: number
    channel: string
    quantity: keyof typeof lists
    at: number
    value: number
    interval_seconds: number
  }>`
    select r.device_id, r.channel, r.quantity, (extract(epoch from r.measured_at) * 1000)::bigint as at, r.value, d.interval_seconds
    from plugin_classroom.device_room dr
    join plugin_classroom.device d on d.id = dr.device_id
    join plugin_classroom.reading r on r.device_id = dr.device_id
      and r.measured_at >= greatest(dr.starts_at, ${night}) - interval '2 hours'
      and r.measured_at < least(coalesce(dr.ends_at, 'infinity'), ${tomorrow})
    where dr.room_id = ${lesson.room_id} and dr.starts_at <= ${lesson.starts_at}
      and (dr.ends_at is null or dr.ends_at > ${lesson.starts_at})
      and r.measured_at >= ${night}::timestamptz - interval '2 hours' and r.measured_at < ${tomorrow}
      and r.quantity in ('people', 'in-total', 'out-total', 'in-period', 'out-period')
    order by r.device_id, r.channel, r.measured_at, r.sequence`.execute(db)
  const sensors = [...Map.groupBy(rows, ({ device_id, channel }) => `${device_id} ${channel}`).values()].map(
    (own) => {
      const sensor: RoomSensor = {
        intervalSeconds: own[0]!.interval_seconds,
        people: [],
        inTotal: [],
        outTotal: [],
        inPeriod: [],
        outPeriod: [],
      }
      for (const { quantity, at, value } of own) sensor[lists[quantity]].push({ at, value })
      return sensor
    },
  )
  return { sensors, climate: await readClimate(db, lesson) }
}

async function readClimate(db: Kysely<ClassroomTables>, lesson: Asked['lesson']): Promise<Climate> {
  const { rows } = await sql<{ quantity: keyof Climate; value: number }>`
    select r.quantity, percentile_cont(0.5) within group (order by r.value) as value
    from plugin_classroom.device_room dr
    join plugin_classroom.reading r on r.device_id = dr.device_id
    where dr.room_id = ${lesson.room_id} and dr.starts_at <= ${lesson.starts_at}
      and (dr.ends_at is null or dr.ends_at > ${lesson.starts_at})
      and r.measured_at >= ${lesson.starts_at} and r.measured_at < ${lesson.ends_at}
      and r.quantity in ('temperature', 'humidity', 'co2')
    group by r.quantity`.execute(db)
  const of = (quantity: keyof Climate) => rows.find((row) => row.quantity === quantity)?.value ?? null
  return { temperature: of('temperature'), humidity: of('humidity'), co2: of('co2') }
}
