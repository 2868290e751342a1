import type { z } from 'zod'

/**
 * A rule that truly needs code: a pure function from the values of one fact to points. Core asks it once for each
 * distinct set of values of a run, so it must give the same answer for the same input.
 */
export interface PointsFunction<
  Params extends z.ZodObject = z.ZodObject,
  Values extends z.ZodObject = z.ZodObject,
> {
  /** Permanent id within the plugin; a regulation names it `<plugin>.<id>`. */
  id: string
  /** What a regulation gives. */
  params: Params
  /** Values of the fact it reads, by the names regulations use; a fact that does not fit is an unknown value. */
  values: Values
  /** Exact decimal as text, or a number (below 10^21) that is carried to 12 decimals; null: unknown. */
  points(input: { params: z.output<Params>; values: z.output<Values> }): string | number | null
}

/** Keeps the types of the two schemas for `points`. */
export function definePointsFunction<Params extends z.ZodObject, Values extends z.ZodObject>(
  definition: PointsFunction<Params, Values>,
): PointsFunction {
  return definition
}
