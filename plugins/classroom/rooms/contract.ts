import { daySchema, defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { alertKinds, lessonKinds } from '../tables.ts'

const tag = 'classroom'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

export const liveRoomSchema = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  building: z.string().nullable(),
  floor: z.string().nullable(),
  capacity: z.int().nullable(),
  /** null: no sensor counts there, or it has been silent, or there is a doubt. */
  people: z.number().nullable(),
  /** too-many: its sensors count more people than can be there, so they count wrongly. */
  doubt: z.enum(['too-many']).nullable(),
  temperature: z.number().nullable(),
  co2: z.number().nullable(),
  humidity: z.number().nullable(),
  /** Of the newest reading; null: never. */
  at: moment.nullable(),
  lesson: z
    .object({ subject: z.string(), kind: z.enum(lessonKinds), endsAt: moment, enrolment: z.int().nullable() })
    .nullable(),
  /** What is wrong with devices that stand there. */
  alerts: z.array(z.enum(alertKinds)),
})
export type LiveRoom = z.infer<typeof liveRoomSchema>

export const listLiveRooms = defineRoute({
  method: 'GET',
  path: '/rooms/live',
  summary: 'Every room as its sensors say it is now',
  tag,
  action: 'room.read',
  query: z.object({ ...pageQuery, search: z.string().trim().max(80).default('') }),
  response: pageOf(liveRoomSchema),
})

export const followRooms = defineRoute({
  method: 'GET',
  path: '/rooms/events',
  summary:
    'Server-sent events: rooms of which something new is known, as they change, and a sign of life in between',
  tag,
  action: 'room.read',
  produces: ['text/event-stream'],
})

export const roomDaySchema = z.object({
  room: liveRoomSchema.pick({ id: true, code: true, name: true, capacity: true }),
  /** A row for each ten minutes in which something was measured; means. */
  rows: z.array(
    z.object({
      at: moment,
      people: z.number().nullable(),
      temperature: z.number().nullable(),
      co2: z.number().nullable(),
      humidity: z.number().nullable(),
    }),
  ),
  lessons: z.array(
    z.object({
      subject: z.string(),
      kind: z.enum(lessonKinds),
      startsAt: moment,
      endsAt: moment,
      people: z.number().nullable(),
    }),
  ),
})
export type RoomDay = z.infer<typeof roomDaySchema>

export const getRoomDay = defineRoute({
  method: 'GET',
  path: '/rooms/:id/day',
  summary: 'What the sensors of a room said on a day of the university’s clock',
  tag,
  action: 'room.read',
  params,
  query: z.object({ day: daySchema.optional() }),
  response: roomDaySchema,
})
