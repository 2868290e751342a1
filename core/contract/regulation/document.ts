import { z } from 'zod'
import { decimalSchema } from '../paging.ts'
import { localizedTextSchema } from '../text.ts'
import { approvalSchema } from './approval.ts'
import { amendmentSchema, exampleSchema, periodDay } from './amendment.ts'
import { appealsSchema } from './appeals.ts'
import { placesOfBrokenTexts } from './broken-texts.ts'
import { aggregationSchema, certaintySettingsSchema, normalisationSchema } from './composite.ts'
import { areaId, clauseId, criterionId, indicatorId, positionCode, unitName } from './naming.ts'
import { moneySchema, requirementSchema } from './result.ts'
import {
  coefficientSchema,
  conditionSchema,
  keepSchema,
  ruleSchema,
  splitSchema,
  windowSchema,
} from './rule.ts'

/** Highest and lowest sum of points, and the highest share of the total; null: no limit. */
const limits = {
  cap: decimalSchema.nullable().default(null),
  floor: decimalSchema.nullable().default(null),
}
/** At most this part of the sum of all areas, above 0 and below 1: the sum with the cut part already taken away. */
const shareOfTotal = decimalSchema
  .refine((share) => Number(share) > 0 && Number(share) < 1, 'must lie between 0 and 1')
  .nullable()
  .default(null)

export const areaSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    ...limits,
    shareOfTotal,
    /** What it means that a teacher has no counted fact in the area. */
    whenEmpty: z.enum(['zero', 'block']).default('zero'),
  })
  .meta({ part: 'area' })

export const criterionSchema = z
  .strictObject({
    id: clauseId,
    area: areaId,
    title: localizedTextSchema,
    /** What is counted, for people: item, printed-sheet, person, event, percent, value, course, 1000-tenge. */
    unit: unitName,
    /** plugin.kind of the facts. */
    indicator: indicatorId.regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/),
    /** own: facts about the teacher; staff: facts about anybody in the unit the teacher leads, each evidence once. */
    whose: z.enum(['own', 'staff']).default('own'),
    /** null: facts of the rated period. */
    window: windowSchema.nullable().default(null),
    where: z.array(conditionSchema).default([]),
    /**
     * null: the rule is applied to each fact. Else once, to one figure of all facts: the value the rule reads (or `quantity`)
     * taken together; blocks, tiers and thresholds then hold for the figure. Such a rule reads no other value of a fact.
     */
    together: z.enum(['sum', 'maximum', 'minimum', 'mean', 'latest']).nullable().default(null),
    points: ruleSchema,
    /** Ids of coefficients the points are multiplied by, in this order. */
    factors: z.array(clauseId.meta({ names: 'coefficient' })).default([]),
    split: splitSchema.nullable().default(null),
    /** Highest points of a single fact, after factors and split; null: no limit. */
    capPerFact: decimalSchema.nullable().default(null),
    keep: z.array(keepSchema).default([]),
    /** Sum of points a teacher gets by this criterion. */
    ...limits,
    /** The documents the regulation asks for. */
    demands: localizedTextSchema.nullable().default(null),
  })
  .meta({ part: 'criterion' })
export type Criterion = z.infer<typeof criterionSchema>

/** Criteria of one area whose points together are limited. */
export const groupSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    criteria: z.array(criterionId).min(1),
    ...limits,
    shareOfTotal,
  })
  .meta({ part: 'group' })

/** A fact that several of these criteria count gives points under one of them: the first of the list, or the one with most. */
export const onceSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    criteria: z.array(criterionId).min(2),
    prefer: z.enum(['order', 'points']).default('order'),
  })
  .meta({ part: 'once' })

/** Facts that count under no criterion. */
export const exclusionSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** plugin.kind; null: facts of every indicator that has the values the conditions name. */
    indicator: indicatorId.nullable().default(null),
    where: z.array(conditionSchema).min(1),
  })
  .meta({ part: 'exclusion' })

/** What is expected of a position. A position that has neither row nor `points` blocks. */
export const normSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** First exception whose conditions (over `teacher.*`) hold gives the norm; then byPosition, then points. */
    exceptions: z
      .array(
        z
          .strictObject({ where: z.array(conditionSchema).min(1), points: decimalSchema })
          .meta({ part: 'exception' }),
      )
      .default([]),
    byPosition: z.record(positionCode, decimalSchema).default({}),
    /** For positions without a row; null: they block. */
    points: decimalSchema.nullable().default(null),
    /** subtract: total - norm; ratio: 100 x total / norm. */
    mode: z.enum(['subtract', 'ratio']).default('subtract'),
    /** The position held last, or each position by its days in the period. */
    position: z.enum(['last', 'by-days']).default('last'),
    /** The norm is multiplied by the rate held, by the part of the period employed, by the part not on leave. */
    prorate: z.array(z.enum(['rate', 'employment', 'leave'])).default([]),
  })
  .meta({ part: 'norm' })

/** Who takes part in the ranking; who does not is still scored and shown as excluded, with the reason. */
export const eligibilitySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      id: clauseId,
      title: localizedTextSchema,
      kind: z.literal('rate'),
      atLeast: decimalSchema,
    }),
    z.strictObject({
      id: clauseId,
      title: localizedTextSchema,
      kind: z.literal('service-years'),
      atLeast: decimalSchema,
    }),
    z.strictObject({
      id: clauseId,
      title: localizedTextSchema,
      /** Days of the period employed and not on leave. */
      kind: z.literal('days-present'),
      atLeast: decimalSchema,
    }),
    z.strictObject({
      id: clauseId,
      title: localizedTextSchema,
      /** Conditions over `teacher.*`, all of which must hold. */
      kind: z.literal('teacher'),
      where: z.array(conditionSchema).min(1),
      whenUnknown: z.enum(['block', 'exclude', 'include']).default('block'),
    }),
    z.strictObject({
      id: clauseId,
      title: localizedTextSchema,
      /** The largest value of an attribute (or `quantity`) among the teacher's facts of an indicator. */
      kind: z.literal('fact'),
      indicator: indicatorId,
      value: z.string().meta({ names: 'value' }),
      atLeast: decimalSchema,
      whenUnknown: z.enum(['block', 'exclude', 'include']).default('block'),
    }),
  ])
  .meta({ part: 'eligibility' })

/** Leave and days before hiring are made up for: points of the areas x days of the period / days present. */
export const extrapolationSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** Which absent days are made up for. */
    absence: z.array(z.enum(['leave', 'employment'])).min(1),
    /** Ids; null: all areas. */
    areas: z.array(areaId).nullable().default(null),
    /** Fewer days present than this: the teacher is excluded, or the points stay as they are. */
    atLeastDays: z.int().min(1),
    whenFewer: z.enum(['exclude', 'as-is']).default('exclude'),
  })
  .meta({ part: 'extrapolation' })

/** A leader gets points from the results of the unit: weight x statistic of the staff's points in the named areas. */
export const rollUpSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** The leader's area the points go to, before its cap. */
    area: areaId,
    /** Areas of the staff that are added up, after their caps and before any roll-up. */
    from: z.array(areaId).min(1),
    statistic: z.enum(['sum', 'per-fte', 'mean', 'median']),
    weight: decimalSchema,
    leaders: z.enum(['department', 'faculty', 'any']).default('any'),
    /** Whether the leader's own points are among the staff's. */
    withLeader: z.boolean().default(false),
  })
  .meta({ part: 'roll-up' })

export const leagueSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** Positions ranked against each other; empty: any. */
    positions: z.array(positionCode).default([]),
    /** Further conditions over `teacher.*`: degree, field. A teacher is ranked in the first league that takes them. */
    where: z.array(conditionSchema).default([]),
  })
  .meta({ part: 'league' })

/** from inclusive, to exclusive; by the part of the league the other way round; null = no end on that side. */
export const bandSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    from: decimalSchema.nullable(),
    to: decimalSchema.nullable(),
  })
  .meta({ part: 'band' })

/** How totals become places. Places compare totals at 9 decimals, before any rounding for showing. */
export const rankingSchema = z
  .strictObject({
    /** shared: 1, 2, 2, 4; dense: 1, 2, 2, 3. */
    ties: z.enum(['shared', 'dense']).default('shared'),
    /** Areas whose scores decide between equal totals, in this order. */
    tieBreakers: z.array(areaId).default([]),
    /** Totals not further than this below the best of their place share the place; null: only equal ones do. */
    tiedWithin: decimalSchema.nullable().default(null),
  })
  .meta({ part: 'ranking' })

export const regulationDocumentSchema = z
  .strictObject({
    /** Permanent name of the regulation, the same in all its versions. */
    code: z.string().regex(/^[a-z][a-z0-9-]*$/),
    version: z.string().min(1),
    title: localizedTextSchema,
    description: localizedTextSchema,
    /** Where the rules come from: order, date, form numbers. */
    source: z.string().min(1),
    /** The period a run covers by default starts on this day of the year (MM-DD) and lasts a year. */
    periodStart: z
      .string()
      .regex(/^\d\d-\d\d$/)
      .meta({ names: 'month-day' }),
    validFrom: periodDay.nullable().default(null),
    /** all: everybody employed in the period; a kind of leader: only who leads such a unit at its end. */
    rated: z.enum(['all', 'department-leaders', 'faculty-leaders']).default('all'),
    areas: z.array(areaSchema).min(1),
    coefficients: z.array(coefficientSchema).default([]),
    criteria: z.array(criterionSchema).min(1),
    groups: z.array(groupSchema).default([]),
    once: z.array(onceSchema).default([]),
    exclusions: z.array(exclusionSchema).default([]),
    extrapolation: extrapolationSchema.nullable().default(null),
    rollUps: z.array(rollUpSchema).default([]),
    norms: z.array(normSchema).default([]),
    eligibility: z.array(eligibilitySchema).default([]),
    requirements: z.array(requirementSchema).default([]),
    leagues: z.array(leagueSchema).min(1),
    /** Limits of the total, after norms. */
    total: z.strictObject(limits).meta({ part: 'total' }).default({ cap: null, floor: null }),
    ranking: rankingSchema.default({ ties: 'shared', tieBreakers: [], tiedWithin: null }),
    /**
     * total: bands hold totals, the last is the best; league-percent: they hold 100 x place / the ranked of the league (the first 10 %, `to`
     * inclusive: one of ten), the first is the best.
     */
    bandsBy: z.enum(['total', 'league-percent']).default('total'),
    bands: z.array(bandSchema).default([]),
    /** How departments and faculties are ranked by the totals of their staff; null: they are not. */
    units: z.enum(['sum', 'per-fte', 'mean', 'median']).nullable().default(null),
    /** On which scale each area is weighed; by default its points as they are. */
    normalisation: normalisationSchema.default(normalisationSchema.parse({})),
    weighting: z
      .strictObject({
        id: z.string().meta({ names: 'weighting' }),
        params: z.record(z.string(), z.unknown()).meta({ of: 'id' }).default({}),
      })
      .meta({ part: 'weighting' }),
    /** How the weighted areas become one number; by default their sum. */
    aggregation: aggregationSchema.default({ method: 'sum' }),
    /** What is open when it is asked how certain the order is; null: the default settings. */
    certainty: certaintySettingsSchema.nullable().default(null),
    money: moneySchema.nullable().default(null),
    /** How evidence is approved and until when; null: in one step, by who heads the department or faculty, at any time. */
    approval: approvalSchema.nullable().default(null),
    /** null: the regulation knows no appeal. */
    appeals: appealsSchema.nullable().default(null),
    /** The one rounding rule, applied last and for showing only: ranks compare exact totals. Halves go away from zero. */
    rounding: z.strictObject({ digits: z.int().min(0).max(6) }).meta({ part: 'rounding' }),
    amendments: z.array(amendmentSchema).default([]),
    /** Worked examples (golden vectors): the version cannot be approved while one fails. */
    examples: z.array(exampleSchema).default([]),
  })
  .superRefine((document, context) => {
    for (const path of placesOfBrokenTexts(document))
      context.addIssue({ code: 'custom', path, params: { code: 'regulation.text-broken' } })
  })
  .meta({ part: 'regulation' })
export type RegulationDocument = z.infer<typeof regulationDocumentSchema>
