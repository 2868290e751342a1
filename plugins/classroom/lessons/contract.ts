import { daySchema, defineRoute, idSchema, pageOf, pageQuery } from '@ustaz/core/contract'
import { z } from 'zod'
import { lessonKinds } from '../tables.ts'

const tag = 'classroom'
const moment = z.iso.datetime()
const params = z.object({ id: idSchema })

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
