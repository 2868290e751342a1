import { daySchema, defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { alertKinds, lessonKinds, quarantineReasons } from './tables.ts'

const tag = 'classroom'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

/** Something to tell a person: a code, its values, and the sentence in the reader's language. */
const textSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

/** Conflicts and refusals that an answer names; the counts say how many there are. */
export const namedAtMost = 200
/** Megabytes of a timetable. */
export const timetableMegabytes = 24

export const timetableReportSchema = z.object({
  dryRun: z.boolean(),
  lessons: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** In the timetable before and gone now; they are kept as cancelled. */
  cancelled: z.int(),
  rooms: z.int(),
  refusedCount: z.int(),
  refused: z.array(z.object({ place: z.int(), reason: textSchema })),
  conflictCount: z.int(),
  conflicts: z.array(
    z.object({
      kind: z.enum(['room', 'teacher', 'group', 'capacity']),
      about: z.string(),
      at: moment,
      subjects: z.array(z.string()),
    }),
  ),
  /** Codes of the file that no teacher has: their lessons are brought in without a teacher. */
  unknownTeachers: z.array(z.string()),
})
export type TimetableReport = z.infer<typeof timetableReportSchema>

export const importTimetable = defineRoute({
  method: 'POST',
  path: '/timetable',
  summary:
    'Bring in a timetable (CSV or iCalendar) under a name; what was brought in under it before is replaced. A dry run reports conflicts and writes nothing',
  tag,
  action: 'timetable.import',
  multipart: true,
  body: z.object({
    source: z.string().trim().min(1).max(80),
    format: z.enum(['csv', 'icalendar']),
    dryRun: z.enum(['yes', 'no']).default('yes'),
  }),
  response: timetableReportSchema,
})

export const liveRoomSchema = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  building: z.string().nullable(),
  floor: z.string().nullable(),
  capacity: z.int().nullable(),
  /** null: no sensor counts there, or it has been silent. */
  people: z.number().nullable(),
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

export const deviceSchema = z.object({
  id: z.int(),
  name: z.string(),
  type: z.string(),
  /** Publishes for every device of its type, and measures nothing itself. */
  isGateway: z.boolean(),
  intervalSeconds: z.int(),
  room: z.object({ id: z.int(), code: z.string() }).nullable(),
  lastSeenAt: moment.nullable(),
  online: z.boolean().nullable(),
  firmware: z.string().nullable(),
  battery: z.number().nullable(),
  /** Messages its numbers show to be lost. */
  missed: z.int(),
  clockAheadSeconds: z.number().nullable(),
  retiredAt: moment.nullable(),
  alerts: z.array(z.object({ kind: z.enum(alertKinds), detail: z.string(), since: moment })),
})
export type Device = z.infer<typeof deviceSchema>

export const listDevices = defineRoute({
  method: 'GET',
  path: '/devices',
  summary: 'Devices with their room, battery, connection and alerts; those with alerts first',
  tag,
  action: 'device.read',
  query: z.object({ ...pageQuery, search: z.string().trim().max(80).default('') }),
  response: pageOf(deviceSchema),
})

const credentialsSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** Shown this once; only its hash is kept. */
  password: z.string(),
  topics: z.array(z.string()),
})

export type Credentials = z.infer<typeof credentialsSchema>

export const provisionDevice = defineRoute({
  method: 'POST',
  path: '/devices',
  summary: 'Take a device into use; its password is in the answer and never again',
  tag,
  action: 'device.manage',
  body: z.object({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/),
    type: z.enum(['ustaz', 'senml', 'zigbee2mqtt', 'tasmota', 'esphome', 'chirpstack', 'home-assistant']),
    intervalSeconds: z.int().min(1).max(86_400),
    roomCode: z.string().trim().max(80).nullable(),
    isGateway: z.boolean().default(false),
  }),
  response: credentialsSchema,
})

export const renewPassword = defineRoute({
  method: 'POST',
  path: '/devices/:id/password',
  summary: 'Give a device another password; the one before is void at once',
  tag,
  action: 'device.manage',
  params,
  response: credentialsSchema,
})

export const moveDevice = defineRoute({
  method: 'POST',
  path: '/devices/:id/room',
  summary:
    'Say in which room a device stands from a moment on; what it said before stays with the room it stood in',
  tag,
  action: 'device.manage',
  params,
  body: z.object({ roomCode: z.string().trim().max(80).nullable(), from: moment.optional() }),
  response: deviceSchema,
})

export const retireDevice = defineRoute({
  method: 'POST',
  path: '/devices/:id/retire',
  summary: 'Take a device out of use: it is not let in any more, what it said is kept',
  tag,
  action: 'device.manage',
  params,
  response: deviceSchema,
})

export const exportAcl = defineRoute({
  method: 'GET',
  path: '/devices/acl',
  summary: 'Access control list for Mosquitto: each device writes its own topics',
  tag,
  action: 'device.manage',
  produces: ['text/plain'],
})

export const exportPasswords = defineRoute({
  method: 'GET',
  path: '/devices/passwords',
  summary: 'Password file for Mosquitto: hashes of the devices’ passwords',
  tag,
  action: 'device.manage',
  produces: ['text/plain'],
})

export const quarantinedSchema = z.object({
  id: z.int(),
  reason: z.enum(quarantineReasons),
  topic: z.string(),
  device: z.string().nullable(),
  detail: z.string(),
  payload: z.string(),
  firstAt: moment,
  lastAt: moment,
  times: z.int(),
})

export const listQuarantine = defineRoute({
  method: 'GET',
  path: '/quarantine',
  summary:
    'Messages that were not stored, with the reason, newest first; the same message once, with how often it came',
  tag,
  action: 'device.read',
  query: z.object({ ...pageQuery, reason: z.enum(quarantineReasons).optional() }),
  response: pageOf(quarantinedSchema),
})

export const readCounts = defineRoute({
  method: 'GET',
  path: '/ingest/counts',
  summary:
    'How many messages came to which end, by day (UTC) of arrival, the last 14 days; and how many each process took',
  tag,
  action: 'device.read',
  response: z.object({
    items: z.array(z.object({ day: z.string(), outcome: z.string(), count: z.int() })),
    /** Which took messages within a day, the newest first. */
    processes: z.array(z.object({ name: z.string(), startedAt: moment, lastAt: moment, messages: z.int() })),
  }),
})

export const lessonSchema = z.object({
  id: z.int(),
  subject: z.string(),
  kind: z.enum(lessonKinds),
  group: z.string().nullable(),
  teacher: z.object({ id: z.int(), name: z.string() }).nullable(),
  room: z.string().nullable(),
  startsAt: moment,
  endsAt: moment,
  enrolment: z.int().nullable(),
  /** null: nothing was computed yet, or no sensor stands there. */
  attendance: z
    .object({
      method: z.enum(['counts', 'counters', 'none']),
      coverage: z.number(),
      /** null, as all below: not known. */
      people: z.number().nullable(),
      lowest: z.number().nullable(),
      highest: z.number().nullable(),
      share: z.number().nullable(),
      expectedShare: z.number().nullable(),
      peers: z.int().nullable(),
      temperature: z.number().nullable(),
      co2: z.number().nullable(),
      cold: z.boolean().nullable(),
      stuffy: z.boolean().nullable(),
    })
    .nullable(),
  dispute: z
    .object({
      id: z.int(),
      reason: z.string(),
      openedAt: moment,
      decision: z.enum(['accepted', 'rejected']).nullable(),
      answer: z.string().nullable(),
    })
    .nullable(),
})
export type Lesson = z.infer<typeof lessonSchema>

export const listLessons = defineRoute({
  method: 'GET',
  path: '/lessons',
  summary:
    'Lessons that are over, newest first: one’s own, those of one’s unit, or all, as one’s role reaches',
  tag,
  action: 'lesson.read',
  about: { what: 'result', teachers: 'answer.items.*.teacher.id' },
  query: z.object({
    ...pageQuery,
    from: daySchema.optional(),
    to: daySchema.optional(),
    only: z.enum(['all', 'disputed']).default('all'),
  }),
  response: pageOf(lessonSchema),
})

export const disputeLesson = defineRoute({
  method: 'POST',
  path: '/lessons/:id/dispute',
  summary: 'Dispute a lesson of one’s own: it counts for nothing until it is decided',
  tag,
  action: 'lesson.dispute',
  params,
  body: z.object({ reason: z.string().trim().min(5).max(2000) }),
  response: lessonSchema,
})

export const decideDispute = defineRoute({
  method: 'POST',
  path: '/lessons/:id/decision',
  summary: 'Decide the open dispute of a lesson: accepted, it counts for nothing; rejected, it counts',
  tag,
  action: 'lesson.decide',
  about: { what: 'result', teachers: 'answer.teacher.id' },
  params,
  body: z.object({ decision: z.enum(['accepted', 'rejected']), answer: z.string().trim().min(5).max(2000) }),
  response: lessonSchema,
})
