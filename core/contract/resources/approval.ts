import { z } from 'zod'
import { daySchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'

/** Something that waits for a decision. */
export const queueItemSchema = z.object({
  evidenceId: z.int(),
  /** To send back with a decision. */
  revision: z.int(),
  indicator: z.string(),
  title: z.string(),
  happenedOn: daySchema.nullable(),
  /** Names of the teachers who take part, at most three. */
  teachers: z.array(z.string()),
  participantCount: z.int(),
  /** null: the one step of a regulation without stages. */
  stage: localizedTextSchema.nullable(),
  holder: z.enum(['leader', 'head', 'dean', 'verifier', 'office']),
  /** Name of the unit whose turn it is; null: the office's. */
  unit: localizedTextSchema.nullable(),
  since: z.iso.datetime(),
  /** Whole days it has waited. */
  ageDays: z.int().min(0),
  /** Last day on which it is not overdue; null: no time is set. */
  dueOn: daySchema.nullable(),
  overdue: z.boolean(),
  /** Last day of deciding; null: none is set. */
  closesOn: daySchema.nullable(),
  /** The last day has passed: it hangs. */
  closed: z.boolean(),
  /** Name of the person in whose stead one would decide; null: for oneself, or not one's turn. */
  insteadOf: z.string().nullable(),
  /** What may be decided. */
  may: z.array(z.enum(['pass', 'return', 'reject'])),
})
export type QueueItem = z.infer<typeof queueItemSchema>

const tag = 'approval'
const queueFilter = {
  ...pageQuery,
  indicator: z.string().optional(),
  /** Of the teachers, with all units below it. */
  unit: idSchema.optional(),
  teacher: idSchema.optional(),
  overdue: z.stringbool().optional(),
}

export const listQueue = defineRoute({
  method: 'GET',
  path: '/approval/queue',
  summary: 'What waits for one to decide, also in the stead of others; what has waited longest first',
  tag,
  action: 'approval.queue',
  about: { what: 'evidence', evidence: 'answer.items.*.evidenceId' },
  query: z.object(queueFilter),
  response: pageOf(queueItemSchema),
})
export const listWaiting = defineRoute({
  method: 'GET',
  path: '/approval/waiting',
  summary: 'All that waits for anybody to decide; `closed`: what hangs because its last day has passed',
  tag,
  action: 'approval.oversee',
  about: { what: 'evidence', evidence: 'answer.items.*.evidenceId' },
  query: z.object({ ...queueFilter, closed: z.stringbool().optional() }),
  response: pageOf(queueItemSchema),
})
export const approveMany = defineRoute({
  method: 'POST',
  path: '/approval/decisions',
  summary: 'Pass on many at once, each by itself; answers what became of each, in order',
  tag,
  action: 'evidence.move',
  body: z.object({
    items: z
      .array(z.object({ id: z.int().positive(), revision: z.int() }))
      .min(1)
      .max(200),
    reason: z.string().trim().max(2000).nullable().default(null),
  }),
  response: z.object({
    outcomes: z.array(
      z.object({
        id: z.int(),
        done: z.boolean(),
        /** Of the problem, in the asker's language; null: done. */
        code: z.string().nullable(),
        message: z.string().nullable(),
      }),
    ),
  }),
})

const personSchema = z.object({ accountId: z.int(), name: z.string() })
export const delegationSchema = z.object({
  id: z.int(),
  /** Who is away, and who stands in. */
  from: personSchema,
  to: personSchema,
  /** Both days inclusive. */
  startsOn: daySchema,
  endsOn: daySchema,
  /** When it was taken back before its end; null: it was not. */
  endedAt: z.iso.datetime().nullable(),
  state: z.enum(['ahead', 'in-force', 'over', 'ended']),
})
export type Delegation = z.infer<typeof delegationSchema>

export const listDelegations = defineRoute({
  method: 'GET',
  path: '/approval/delegations',
  summary: 'Who stands in for whom, as far as it concerns oneself; the office sees all. Newest first',
  tag,
  action: 'approval.queue',
  query: z.object(pageQuery),
  response: pageOf(delegationSchema),
})
export const createDelegation = defineRoute({
  method: 'POST',
  path: '/approval/delegations',
  summary: 'Have somebody decide in one’s stead on these days; the office may say it for others',
  tag,
  action: 'delegation.write',
  body: z.object({
    /** null: oneself. */
    fromAccountId: z.int().positive().nullable().default(null),
    toAccountId: z.int().positive(),
    startsOn: daySchema,
    endsOn: daySchema,
  }),
  response: delegationSchema,
})
export const endDelegation = defineRoute({
  method: 'DELETE',
  path: '/approval/delegations/:id',
  summary: 'Take it back, from now on',
  tag,
  action: 'delegation.write',
  params: z.object({ id: idSchema }),
  response: delegationSchema,
})
export const listStandIns = defineRoute({
  method: 'GET',
  path: '/approval/stand-ins',
  summary:
    'Accounts that may stand in for somebody, by name; `decides`: only those who decide, and so may be stood in for',
  tag,
  action: 'delegation.write',
  query: z.object({
    ...pageQuery,
    search: z.string().trim().max(100).optional(),
    decides: z.stringbool().optional(),
  }),
  response: pageOf(personSchema),
})

export const absentDeciderSchema = z.object({
  accountId: z.int(),
  name: z.string(),
  teacherId: z.int(),
  /** Last day of the leave; null: no end is recorded. */
  awayUntil: daySchema.nullable(),
  /** Entries that wait for them and that nobody who is there may decide about; of these, those past their day. */
  waiting: z.int().positive(),
  overdue: z.int().min(0),
  /** Whole days the oldest has waited. */
  oldestDays: z.int().min(0),
})
export type AbsentDecider = z.infer<typeof absentDeciderSchema>

export const listAbsent = defineRoute({
  method: 'GET',
  path: '/approval/absent',
  summary: 'Who is on leave with a queue that nobody works off, the longest waiting first',
  tag,
  action: 'delegation.manage',
  about: { what: 'profile', teachers: 'answer.items.*.teacherId' },
  query: z.object(pageQuery),
  response: pageOf(absentDeciderSchema),
})

export const relativeSchema = z.object({
  id: z.int(),
  account: personSchema,
  teacher: z.object({ id: z.int(), name: z.string() }),
  createdAt: z.iso.datetime(),
})
export type Relative = z.infer<typeof relativeSchema>

export const listRelatives = defineRoute({
  method: 'GET',
  path: '/approval/relatives',
  summary: 'Relatives one has named, about whom one does not decide; the office sees all',
  tag,
  action: 'relative.write',
  query: z.object(pageQuery),
  response: pageOf(relativeSchema),
})
export const createRelative = defineRoute({
  method: 'POST',
  path: '/approval/relatives',
  summary: 'Name a relative among the teachers; it holds both ways. The office may say it for others',
  tag,
  action: 'relative.write',
  body: z.object({
    /** null: oneself. */
    accountId: z.int().positive().nullable().default(null),
    teacherId: z.int().positive(),
  }),
  response: relativeSchema,
})
export const endRelative = defineRoute({
  method: 'DELETE',
  path: '/approval/relatives/:id',
  summary: 'Take back a relative; by the office only, so that nobody clears the way for a decision',
  tag,
  action: 'relative.manage',
  params: z.object({ id: idSchema }),
})
