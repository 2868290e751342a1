import { z } from 'zod'
import { decimalSchema } from '../paging.ts'
import { localizedTextSchema } from '../text.ts'
import { clauseId, roleName } from './naming.ts'

/**
 * How one fact becomes points. A value is read by name (README.md lists them): `quantity`, `participants`, `affiliated`,
 * `ordinal`, `share`, `role`, `person`, `age`, `expertPoints`, an attribute of the indicator, or `teacher.position` and the like.
 * What happens when the value is unknown is always said: `block` (the teacher's official result waits for it) or a
 * number of points.
 */
export const valueName = z
  .string()
  .regex(/^(teacher\.)?[a-zA-Z][a-zA-Z0-9]*$/, 'the name of a value')
  .meta({ names: 'value' })
const whenUnknown = z.union([z.literal('block'), decimalSchema]).default('block')
const otherwise = z.union([z.literal('block'), decimalSchema]).default('0')
/** Arithmetic over values: README.md has the grammar. `15/50 * hours - 15`, `max(0.1, affiliated / participants)`. */
export const formulaSchema = z.string().trim().min(1).max(500).meta({ names: 'formula' })

export const perUnitRule = z.strictObject({
  kind: z.literal('per-unit'),
  /** Points for each unit of the fact's quantity; negative: a penalty. */
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
  /** Added to the result; may be negative (15/50 x - 15). */
  plus: decimalSchema.default('0'),
  /** The result is held between these two, both inclusive; null: no end on that side. */
  least: decimalSchema.nullable().default(null),
  most: decimalSchema.nullable().default(null),
  whenUnknown,
})

export const tableRule = z.strictObject({
  kind: z.literal('table'),
  by: valueName,
  /** A second value that chooses the column; each row then lists points by column. null: one column. */
  column: valueName.nullable().default(null),
  /** Points by value (and column); times the quantity. */
  points: z.record(
    z.string().meta({ names: 'choice', of: 'by' }),
    z.union([decimalSchema, z.record(z.string().meta({ names: 'choice', of: 'column' }), decimalSchema)]),
  ),
  /** A known value (or column) that is not in the table: points, or `block`. */
  otherwise,
  whenUnknown,
})

export const tiersRule = z.strictObject({
  kind: z.literal('tiers'),
  of: valueName,
  /** First tier that holds the value wins; null = no end on that side. */
  tiers: z
    .array(
      z
        .strictObject({
          from: decimalSchema.nullable(),
          to: decimalSchema.nullable(),
          fromInclusive: z.boolean().default(true),
          toInclusive: z.boolean().default(true),
          points: decimalSchema,
        })
        .meta({ part: 'tier' }),
    )
    .min(1),
  /** A known value in no tier: points, or `block`. */
  otherwise,
  whenUnknown,
})

export const formulaRule = z.strictObject({
  kind: z.literal('formula'),
  /** A number; a quotient or root is carried to 12 decimals. Unknown where a value it needs is. */
  formula: formulaSchema,
  whenUnknown,
})

export const expertRule = z.strictObject({
  kind: z.literal('expert'),
  /** Points that whoever verifies the evidence gives, on record, between these two, both inclusive; outside: blocks. */
  from: decimalSchema,
  to: decimalSchema,
  whenUnknown,
})

export const functionRule = z.strictObject({
  kind: z.literal('function'),
  /** plugin.function: what truly needs code; declared and typed by the plugin. */
  use: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/)
    .meta({ names: 'function' }),
  params: z.record(z.string(), z.unknown()).meta({ of: 'use' }).default({}),
  whenUnknown,
})

export const ruleSchema = z
  .discriminatedUnion('kind', [
    perUnitRule,
    perValueRule,
    tableRule,
    tiersRule,
    formulaRule,
    expertRule,
    functionRule,
  ])
  .meta({ part: 'rule' })
export type Rule = z.infer<typeof ruleSchema>

const choice = z.union([z.string(), z.boolean()]).meta({ names: 'choice', of: 'value' })
const comparison = {
  is: z.array(choice).min(1).optional(),
  isNot: z.array(choice).min(1).optional(),
  atLeast: decimalSchema.optional(),
  atMost: decimalSchema.optional(),
  above: decimalSchema.optional(),
  below: decimalSchema.optional(),
  unknown: z.literal(true).optional(),
}
export const comparisonSchema = z
  .strictObject({ value: valueName, ...comparison })
  .meta({ part: 'condition' })
export type Comparison = z.infer<typeof comparisonSchema>

/**
 * Which facts a criterion counts: all conditions must hold. An unknown value holds none of them but `unknown`.
 * One of three: `value` with its comparisons; `any`, alternatives of which at least one must hold; `formula`, a
 * comparison such as `pages >= 3 * participants`. The linter refuses none of them or several.
 */
export const conditionSchema = z
  .strictObject({
    /** An id of its own lets an amendment annul just this condition. */
    id: clauseId.optional(),
    value: valueName.optional(),
    ...comparison,
    any: z.array(comparisonSchema).min(2).optional(),
    formula: formulaSchema.optional(),
  })
  .meta({ part: 'condition' })
export type Condition = z.infer<typeof conditionSchema>

/** A number that points are multiplied by: a role, a quartile, an author table, decay with age. */
export const coefficientSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    rule: ruleSchema,
  })
  .meta({ part: 'coefficient' })
export type Coefficient = z.infer<typeof coefficientSchema>

/**
 * What a fact's points become when several people share the work; quotients are carried to 12 decimals.
 * `equal`: divided by the number of participants; `share`: times the agreed share (unknown blocks);
 * `by-count`: times the number for so many participants (`beyond`: the highest row and every larger number; `equal`: 1/n);
 * `by-role`: the part of one's role, divided among those of the same group where it says so;
 * `by-order`: times the number for one's place among the authors (unknown place blocks); `formula`: times its result.
 */
const minimum = z
  .strictObject({ of: valueName, perParticipant: decimalSchema })
  .meta({ part: 'minimum' })
  .optional()
export const splitSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('equal'), minimum }),
    z.strictObject({ kind: z.literal('share'), minimum }),
    z.strictObject({
      kind: z.literal('by-count'),
      /** Number of participants -> part. */
      parts: z.record(z.string().regex(/^[1-9]\d{0,4}$/), decimalSchema),
      beyond: z.union([z.literal('equal'), decimalSchema]),
      minimum,
    }),
    z.strictObject({
      kind: z.literal('by-role'),
      /** Roles of the leading group: first or corresponding author, head of the project. */
      leading: z.array(roleName).min(1),
      leadingPart: decimalSchema,
      othersPart: decimalSchema,
      /** true: the others divide their part equally among them (the role of somebody unknown: blocks); false: each gets it. */
      othersDivide: z.boolean().default(false),
      minimum,
    }),
    z.strictObject({
      kind: z.literal('by-order'),
      /** Part of the first, second, ... author. */
      parts: z.array(decimalSchema).min(1),
      beyond: decimalSchema.default('0'),
      minimum,
    }),
    z.strictObject({ kind: z.literal('formula'), formula: formulaSchema, minimum }),
  ])
  .meta({ part: 'split' })
export type Split = z.infer<typeof splitSchema>

/** From which days facts count: the last `years` whole years that begin on `start` and end within the rated period. */
export const windowSchema = z
  .strictObject({
    /** MM-DD; null: the period's own first day. Another day: the last such year that has ended by the period's end. */
    start: z
      .string()
      .regex(/^\d\d-\d\d$/)
      .meta({ names: 'month-day' })
      .nullable()
      .default(null),
    years: z.int().min(1).max(50).default(1),
    /** true: the sum is divided by `years` (a rolling mean). */
    average: z.boolean().default(false),
  })
  .meta({ part: 'window' })
export type Window = z.infer<typeof windowSchema>

/** At most so many facts count, of each container (two chapters of a book) or in all. */
export const keepSchema = z
  .strictObject({
    id: clauseId,
    title: localizedTextSchema,
    most: z.int().min(1),
    /** Values that name the container (isbn); empty: all facts of the criterion together. An unknown container is its own. */
    per: z.array(valueName).default([]),
    prefer: z.enum(['points', 'latest', 'earliest']).default('points'),
  })
  .meta({ part: 'keep' })
export type Keep = z.infer<typeof keepSchema>
