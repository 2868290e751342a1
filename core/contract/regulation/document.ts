import { z } from 'zod'
import { daySchema, decimalSchema } from '../paging.ts'
import { localizedTextSchema } from '../text.ts'
import { conditionSchema, ruleSchema, splitSchema } from './rule.ts'

const clauseId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'letters, digits, dots and hyphens')

export const areaSchema = z.strictObject({
  id: clauseId,
  title: localizedTextSchema,
  /** Highest sum of points of the area; null: no limit. */
  cap: decimalSchema.nullable().default(null),
  /** What it means that a teacher has no counted fact in the area. */
  whenEmpty: z.enum(['zero', 'block']).default('zero'),
})

export const criterionSchema = z.strictObject({
  id: clauseId,
  area: clauseId,
  title: localizedTextSchema,
  /** What is counted, for people: item, printed-sheet, person, event, percent, value, course, 1000-tenge. */
  unit: z.string(),
  /** plugin.kind of the facts. */
  indicator: z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/),
  where: z.array(conditionSchema).default([]),
  points: ruleSchema,
  split: splitSchema.nullable().default(null),
  /** Highest sum of points a teacher gets by this criterion; null: no limit. */
  cap: decimalSchema.nullable().default(null),
  /** The documents the regulation asks for. */
  demands: localizedTextSchema.nullable().default(null),
})
export type Criterion = z.infer<typeof criterionSchema>

/** A number of points by position that is subtracted from the total. A position that is not listed blocks. */
export const normSchema = z.strictObject({
  id: clauseId,
  title: localizedTextSchema,
  byPosition: z.record(z.string(), decimalSchema),
})

/** Who takes part in the ranking; who does not is still scored and shown as excluded, with the reason. */
export const eligibilitySchema = z.discriminatedUnion('kind', [
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
    /** The largest value of an attribute (or `quantity`) among the teacher's facts of an indicator. */
    kind: z.literal('fact'),
    indicator: z.string(),
    value: z.string(),
    atLeast: decimalSchema,
    whenUnknown: z.enum(['block', 'exclude', 'include']).default('block'),
  }),
])

export const leagueSchema = z.strictObject({
  id: clauseId,
  title: localizedTextSchema,
  /** Positions ranked against each other. Every position belongs to one league at most. */
  positions: z.array(z.string()).min(1),
})

/** from inclusive, to exclusive; null = no end on that side. */
export const bandSchema = z.strictObject({
  id: clauseId,
  title: localizedTextSchema,
  from: decimalSchema.nullable(),
  to: decimalSchema.nullable(),
})

export const regulationDocumentSchema = z.strictObject({
  /** Permanent name of the regulation, the same in all its versions. */
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().min(1),
  title: localizedTextSchema,
  description: localizedTextSchema,
  /** Where the rules come from: order, date, form numbers. */
  source: z.string().min(1),
  /** The period a run covers by default starts on this day of the year (MM-DD) and lasts a year. */
  periodStart: z.string().regex(/^\d\d-\d\d$/),
  validFrom: daySchema.nullable().default(null),
  areas: z.array(areaSchema).min(1),
  criteria: z.array(criterionSchema).min(1),
  norms: z.array(normSchema).default([]),
  eligibility: z.array(eligibilitySchema).default([]),
  leagues: z.array(leagueSchema).min(1),
  bands: z.array(bandSchema).default([]),
  weighting: z.strictObject({ id: z.string(), params: z.record(z.string(), z.unknown()).default({}) }),
  /** The one rounding rule, applied last and for showing only: ranks compare exact totals. Halves go away from zero. */
  rounding: z.strictObject({ digits: z.int().min(0).max(6) }),
})
export type RegulationDocument = z.infer<typeof regulationDocumentSchema>
