import { z } from 'zod'
import { decimalSchema } from '../paging.ts'
import { localizedTextSchema } from '../text.ts'
import { bandId, clauseId, currency, positionCode } from './naming.ts'
import { conditionSchema } from './rule.ts'

/** One thing a requirement looks at: points or number of counted facts of the total, areas, groups or criteria together. */
const checkSchema = z
  .strictObject({
    /** Ids of areas, groups or criteria that are added up; empty: the total. */
    of: z.array(clauseId.meta({ names: 'counted' })).default([]),
    measure: z.enum(['points', 'facts']).default('points'),
    atLeast: decimalSchema,
    /** Other numbers for some positions. */
    byPosition: z.record(positionCode, decimalSchema).default({}),
  })
  .meta({ part: 'check' })
export type RequirementCheck = z.infer<typeof checkSchema>

/** What must be reached, and what happens to who does not reach it. */
export const requirementSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    /** Over `teacher.*`: whom it concerns; empty: everybody. */
    where: z.array(conditionSchema).default([]),
    checks: z.array(checkSchema).min(1),
    /** How many of the checks must be met (at least m of n categories); null: all. */
    needed: z.int().min(1).nullable().default(null),
    /** A surplus of one check makes up for what another lacks, times this number; null: it does not. */
    compensation: decimalSchema.nullable().default(null),
    effect: z
      .discriminatedUnion('kind', [
        /** Scored, not ranked. */
        z.strictObject({ kind: z.literal('exclude') }),
        /** No money. */
        z.strictObject({ kind: z.literal('no-money') }),
        /** No place better than this one in the league: those who meet it come first. */
        z.strictObject({ kind: z.literal('place'), notAbove: z.int().min(2) }),
        /** No band better than this one. */
        z.strictObject({ kind: z.literal('band'), notAbove: bandId }),
        /** The total becomes 0, by a line of its own. */
        z.strictObject({ kind: z.literal('zero') }),
      ])
      .meta({ part: 'effect' }),
  })
  .meta({ part: 'requirement' })
export type Requirement = z.infer<typeof requirementSchema>

/** What a result is worth; rounded by its own rule, last. */
export const moneySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      /** base x rate / 100 x total / per; 0 for a total below 0. */
      kind: z.literal('base'),
      id: clauseId,
      title: localizedTextSchema,
      currency,
      base: decimalSchema,
      /** Percent of the base by position; a position without a row blocks the money, not the rating. */
      rates: z.record(positionCode, decimalSchema),
      /** The total that is worth the whole base. */
      per: decimalSchema
        .refine((per) => Number(per) > 0, { params: { code: 'regulation.not-positive' } })
        .default('100'),
      cap: decimalSchema.nullable().default(null),
      digits: z.int().min(0).max(4).default(2),
    }),
    z.strictObject({
      /** The fund divided among the ranked in proportion to their totals above 0; what rounding leaves over is not paid. */
      kind: z.literal('fund'),
      id: clauseId,
      title: localizedTextSchema,
      currency,
      amount: decimalSchema,
      digits: z.int().min(0).max(4).default(2),
    }),
    z.strictObject({
      /** A fixed amount for each band; one without an amount gets nothing. */
      kind: z.literal('bands'),
      id: clauseId,
      title: localizedTextSchema,
      currency,
      byBand: z.record(bandId, decimalSchema),
      digits: z.int().min(0).max(4).default(2),
    }),
  ])
  .meta({ part: 'money' })
export type Money = z.infer<typeof moneySchema>
