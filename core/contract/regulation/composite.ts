import { z } from 'zod'
import { decimalSchema } from '../paging.ts'
import { areaId } from './naming.ts'

/**
 * How points of areas become one number when they are not simply added: first each area is brought onto a scale
 * (normalisation), then the areas are put together (aggregation). Formulas and what each does with unknown, zero
 * and negative values: core/rating/composite/README.md.
 */
const percent = decimalSchema.refine((value) => Number(value) >= 0 && Number(value) <= 100, {
  params: { code: 'regulation.percent' },
})
const notZero = decimalSchema.refine((value) => Number(value) !== 0, { params: { code: 'regulation.zero' } })

const steps = {
  /** With whom a teacher is compared: the teachers of the own league, or all. */
  within: z.enum(['league', 'all']).default('league'),
  /** Values outside these percentiles are drawn in to them, before anything else. */
  winsorise: z
    .strictObject({ lower: percent.default('0'), upper: percent.default('100') })
    .meta({ part: 'percentiles' })
    .refine(({ lower, upper }) => Number(lower) < Number(upper), {
      params: { code: 'regulation.percentiles' },
    })
    .nullable()
    .default(null),
  /** Second step. ln: of values above 0; log1p: ln(1 + value), of values above -1. Other values become unknown. */
  log: z.enum(['ln', 'log1p']).nullable().default(null),
  /** Last step: result x factor + shift, e.g. a factor of 100 for 0..100. */
  factor: notZero.default('1'),
  shift: decimalSchema.default('0'),
}

/** The scale of one area. */
export const areaNormalisationSchema = z
  .discriminatedUnion('method', [
    z.strictObject({ method: z.literal('none'), ...steps }),
    z.strictObject({ method: z.literal('min-max'), ...steps }),
    z.strictObject({ method: z.literal('z'), ...steps }),
    z.strictObject({ method: z.literal('robust-z'), ...steps }),
    z.strictObject({ method: z.literal('rank'), ...steps }),
    z
      .strictObject({
        method: z.literal('goalposts'),
        /** The value that gives 0 and the one that gives 1, in points; `high` below `low` where less is better. */
        low: decimalSchema,
        high: decimalSchema,
        /** true: what lies outside counts as 0 or 1. */
        clamp: z.boolean().default(true),
        ...steps,
      })
      .refine(areGoalposts, { params: { code: 'regulation.goalposts' } }),
    z.strictObject({ method: z.literal('share-of-maximum'), ...steps }),
    z.strictObject({ method: z.literal('median-ratio'), ...steps }),
  ])
  .meta({ part: 'scale' })
export type AreaNormalisation = z.infer<typeof areaNormalisationSchema>

/** Goalposts must differ, and have a logarithm where one is taken. */
function areGoalposts({ low, high, log }: { low: string; high: string; log: string | null }): boolean {
  const bound = log === 'ln' ? 0 : log === 'log1p' ? -1 : -Infinity
  return Number(low) !== Number(high) && Number(low) > bound && Number(high) > bound
}

export const normalisationSchema = z
  .strictObject({
    /** For every area that `byArea` does not name. */
    areas: areaNormalisationSchema.default(areaNormalisationSchema.parse({ method: 'none' })),
    byArea: z.record(areaId, areaNormalisationSchema).default({}),
  })
  .meta({ part: 'normalisation' })
export type Normalisation = z.infer<typeof normalisationSchema>

/** block: no total; leave-out: the areas that are known share out the weight of those that are not. */
const whenUnknown = z.enum(['block', 'leave-out']).default('block')
/** block: no total, with the reason; zero: the total is 0, the limit of the formula. */
const whenZero = z.enum(['block', 'zero']).default('block')

export const aggregationSchema = z
  .discriminatedUnion('method', [
    z.strictObject({ method: z.literal('sum') }),
    z.strictObject({ method: z.literal('arithmetic'), whenUnknown }),
    z.strictObject({ method: z.literal('geometric'), whenUnknown, whenZero }),
    z.strictObject({ method: z.literal('harmonic'), whenUnknown, whenZero }),
    z.strictObject({ method: z.literal('power'), p: notZero, whenUnknown, whenZero }),
    z.strictObject({ method: z.literal('minimum'), whenUnknown }),
    z.strictObject({
      method: z.literal('at-least'),
      /** How many areas must reach the value: total 1, else 0. */
      areas: z.int().min(1),
      /** For all areas, or by area; an area that is not named is not looked at. */
      value: z.union([decimalSchema, z.record(areaId, decimalSchema)]),
    }),
    z.strictObject({ method: z.literal('borda') }),
    z.strictObject({ method: z.literal('copeland') }),
    z.strictObject({
      method: z.literal('lexicographic'),
      /** The area that decides first, the one that decides between equals, and so on. */
      order: z.array(areaId).min(1),
    }),
  ])
  .meta({ part: 'aggregation' })
export type Aggregation = z.infer<typeof aggregationSchema>

const share = decimalSchema.refine((value) => Number(value) > 0 && Number(value) <= 1, {
  params: { code: 'regulation.share' },
})
const positive = decimalSchema.refine((value) => Number(value) > 0, {
  params: { code: 'regulation.not-positive' },
})

/** How far weights are taken to be open; the total of all weights is kept. */
const openWeights = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed') }),
    /** Each weight times a number drawn from 1 - range .. 1 + range, all equally likely. */
    z.strictObject({ kind: z.literal('relative'), range: share.default('0.25') }),
    /** Shares from Dirichlet(concentration x share of the weight): the higher, the closer to the official ones. */
    z.strictObject({ kind: z.literal('dirichlet'), concentration: positive }),
    /** Lowest and highest weight by area, all between equally likely; an area that is not named keeps its weight. */
    z.strictObject({
      kind: z.literal('intervals'),
      byArea: z.record(
        areaId,
        z
          .strictObject({ low: decimalSchema, high: decimalSchema })
          .refine(({ low, high }) => Number(low) >= 0 && Number(low) <= Number(high), {
            params: { code: 'regulation.interval' },
          })
          .meta({ part: 'weight-interval' }),
      ),
    }),
  ])
  .meta({ part: 'open-weights' })

/** How the certainty of an order is worked out (core/rating/certainty/README.md). */
export const certaintySettingsSchema = z
  .strictObject({
    replications: z.int().min(100).max(10_000).default(1000),
    /** The same seed gives the same figures. */
    seed: z.int().min(0).max(4_294_967_295).default(1),
    weights: openWeights.default({ kind: 'relative', range: '0.25' }),
    /** Scales that could have been chosen as well as the official one; null: those that are close to it. */
    normalisations: z.array(normalisationSchema).max(8).nullable().default(null),
    aggregations: z.array(aggregationSchema).max(8).default([]),
    /** Pairs of samples by which the influence of each choice is estimated; 0: not at all. */
    sensitivitySamples: z.int().min(0).max(2000).default(256),
  })
  .meta({ part: 'certainty' })
export type CertaintySettings = z.infer<typeof certaintySettingsSchema>
