import { z } from 'zod'
import { idSchema } from '../paging.ts'
import { defineRoute } from '../route.ts'

/** What people are grouped by. `partTime`: rate below 1; `leave`: any day of leave in the period; `age`: at the period's end. */
export const fairnessDimensions = ['position', 'sex', 'field', 'degree', 'age', 'partTime', 'leave'] as const
export type FairnessDimension = (typeof fairnessDimensions)[number]

/** A difference of mean totals, this group minus everybody else, with its 95 % interval. */
const gapSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() })
export type Gap = z.infer<typeof gapSchema>

export const fairnessGroupSchema = z.object({
  /** Code of the group; null: unknown. */
  group: z.string().nullable(),
  count: z.int(),
  mean: z.number(),
  /** null: there is nobody else, or too few to tell. */
  gap: gapSchema.nullable(),
  /** The gap among people of the same position and league; null as above, or no position has people of both sides. */
  adjustedGap: gapSchema.nullable(),
})
export type FairnessGroup = z.infer<typeof fairnessGroupSchema>

export const fairnessSchema = z.object({
  /** Groups with fewer people are hidden, and as many more as it takes that they cannot be told from the rest. */
  smallestGroup: z.int(),
  /** People with a total. */
  count: z.int(),
  dimensions: z.array(
    z.object({
      dimension: z.enum(fairnessDimensions),
      groups: z.array(fairnessGroupSchema),
      /** Hidden groups and the people in them together. */
      hidden: z.object({ groups: z.int(), people: z.int() }),
    }),
  ),
})
export type Fairness = z.infer<typeof fairnessSchema>

export const getFairness = defineRoute({
  method: 'GET',
  path: '/runs/:id/fairness',
  summary: 'Score gaps between groups of people, with intervals; small groups hidden',
  tag: 'runs',
  action: 'fairness.read',
  params: z.object({ id: idSchema }),
  response: fairnessSchema,
})
