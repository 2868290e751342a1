import { z } from 'zod'
import { decimalSchema } from '../paging.ts'

/**
 * How one fact becomes points. A value is read by name: `quantity`, `participants`, `share`, `role` or an attribute
 * of the indicator. What happens when the value is unknown is always said: `block` (the teacher's
 * official result waits for it) or a number of points.
 */
const valueName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/)
const whenUnknown = z.union([z.literal('block'), decimalSchema]).default('block')

export const perUnitRule = z.strictObject({
  kind: z.literal('per-unit'),
  /** Points for each unit of the fact's quantity. */
  points: decimalSchema,
})

export const perValueRule = z.strictObject({
  kind: z.literal('per-value'),
  of: valueName,
  /** Points for each `per` of the value: 45 per sheet, 5 per 1000 tenge, 10 x h-index. */
  points: decimalSchema,
  per: decimalSchema.refine((per) => Number(per) > 0, 'must be above 0').default('1'),
  /** true: only whole blocks of `per` count (3 per 10 applicants). */
  wholeBlocks: z.boolean().default(false),
  /** Only what lies above counts (1 per 1 % over 20 %). */
  above: decimalSchema.default('0'),
  whenUnknown,
})

export const tableRule = z.strictObject({
  kind: z.literal('table'),
  by: valueName,
  /** Points by value; times the quantity. */
  points: z.record(z.string(), decimalSchema),
  /** A known value that is not in the table: points, or `block`. */
  otherwise: z.union([z.literal('block'), decimalSchema]).default('0'),
  whenUnknown,
})

export const tiersRule = z.strictObject({
  kind: z.literal('tiers'),
  of: valueName,
  /** First tier that holds the value wins; null = no end on that side. A value in no tier gets 0 points. */
  tiers: z
    .array(
      z.strictObject({
        from: decimalSchema.nullable(),
        to: decimalSchema.nullable(),
        fromInclusive: z.boolean().default(true),
        toInclusive: z.boolean().default(true),
        points: decimalSchema,
      }),
    )
    .min(1),
  whenUnknown,
})

export const ruleSchema = z.discriminatedUnion('kind', [perUnitRule, perValueRule, tableRule, tiersRule])
export type Rule = z.infer<typeof ruleSchema>

/** Which facts a criterion counts: all conditions must hold. An unknown value holds none of them but `unknown`. */
export const conditionSchema = z.strictObject({
  value: valueName,
  is: z
    .array(z.union([z.string(), z.boolean()]))
    .min(1)
    .optional(),
  isNot: z
    .array(z.union([z.string(), z.boolean()]))
    .min(1)
    .optional(),
  atLeast: decimalSchema.optional(),
  atMost: decimalSchema.optional(),
  unknown: z.literal(true).optional(),
})
export type Condition = z.infer<typeof conditionSchema>

/**
 * What a fact's points become when several people share the work.
 * `equal`: divided by the number of participants; `share`: times the agreed share (unknown blocks).
 * `minimum`: with more than one participant, the value divided by the participants must reach it, else no points.
 */
export const splitSchema = z.strictObject({
  kind: z.enum(['equal', 'share']),
  minimum: z.strictObject({ of: valueName, perParticipant: decimalSchema }).optional(),
})
export type Split = z.infer<typeof splitSchema>
