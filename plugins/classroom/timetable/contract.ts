import { defineRoute } from '@ustaz/core/contract'
import { z } from 'zod'

const tag = 'classroom'
const moment = z.iso.datetime()

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
