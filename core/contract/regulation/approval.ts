import { z } from 'zod'
import { localizedTextSchema } from '../text.ts'
import { clauseId, indicatorId } from './naming.ts'

/**
 * Whose turn it is in a stage. leader: who heads the department or the faculty of those who take part, whoever comes first; head, dean:
 * only the one or the other; verifier: structural units, each for its kinds; office: the academic office.
 */
export const stageHolders = ['leader', 'head', 'dean', 'verifier', 'office'] as const
export type StageHolder = (typeof stageHolders)[number]

/** pass: on to the next stage, or approved in the last; return: to whoever entered it, with a comment; reject: for good. */
export const stageDecisions = ['pass', 'return', 'reject'] as const
export type StageDecision = (typeof stageDecisions)[number]

/** A structural unit and the kinds of evidence it verifies in the whole university. */
const verifyingUnitSchema = z
  .strictObject({
    /** Permanent code of the unit. */
    unit: z.string().min(1).max(64),
    /** plugin.kind; several units may verify one kind, then each of them must pass it. */
    indicators: z.array(indicatorId).min(1),
  })
  .meta({ part: 'verifying-unit' })

export const stageSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    who: z.enum(stageHolders),
    /** For who = verifier, and only there. */
    units: z.array(verifyingUnitSchema).default([]),
    /** Kinds that go through the stage; empty: all, of a verifier's stage those its units verify. */
    indicators: z.array(indicatorId).default([]),
    may: z.array(z.enum(stageDecisions)).min(1),
    /** Days it should take, from the day it came; then it is overdue, which changes nothing else. null: no time is set. */
    days: z.int().min(1).max(366).nullable().default(null),
  })
  .meta({ part: 'stage' })
export type Stage = z.infer<typeof stageSchema>

/** A day told by the rated period: the first such day of the year on or after the first day of the period, and whole years later. */
export const windowDaySchema = z
  .strictObject({
    day: z
      .string()
      .regex(/^\d\d-\d\d$/)
      .meta({ names: 'month-day' }),
    yearsAfter: z.int().min(0).max(3).default(0),
  })
  .meta({ part: 'window-day' })
export type WindowDay = z.infer<typeof windowDaySchema>

/** What happens outside of a window: nothing, or it is done with a reason by who has one of the roles. */
const late = {
  late: z.enum(['refuse', 'with-reason']).default('refuse'),
  lateBy: z.array(z.enum(['teacher', 'head', 'dean', 'verifier', 'office'])).default(['office']),
}

export const approvalSchema = z
  .strictObject({
    /** One after the other. */
    stages: z.array(stageSchema).min(1),
    /** When what was done in the period may be submitted, both days inclusive; null: at any time. What was returned may be submitted until approving closes. */
    entering: z
      .strictObject({
        opens: windowDaySchema.nullable().default(null),
        closes: windowDaySchema.nullable().default(null),
        ...late,
      })
      .meta({ part: 'entering-window' })
      .nullable()
      .default(null),
    /** The last day on which it is decided about; later everything is locked, and what hangs in a stage stays unapproved. null: none. */
    approving: z
      .strictObject({ closes: windowDaySchema, ...late })
      .meta({ part: 'approving-window' })
      .nullable()
      .default(null),
  })
  .meta({ part: 'approval' })
export type Approval = z.infer<typeof approvalSchema>
export type Lateness = Pick<NonNullable<Approval['approving']>, 'late' | 'lateBy'>
