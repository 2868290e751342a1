import type { z } from 'zod'

/** Points of teachers (rows) in areas (columns), row by row; NaN where a teacher has no value. */
export interface ScoreMatrix {
  rows: number
  columns: number
  values: Float64Array
}

export interface WeighInput<Params> {
  /** Ids of the regulation's areas, in its order. */
  areas: readonly string[]
  params: Params
  /** Points before weighting; null unless the weighting `needs` them. Rows have no names on purpose. */
  scores: ScoreMatrix | null
}

/**
 * Weights by area, each >= 0. A number is carried to 12 decimals; a string is an exact decimal.
 * `how` says in numbers how the weights came about (shown and stored with the run).
 */
export interface Weights {
  weights: Record<string, string | number>
  how: Record<string, unknown>
}

/** How much each area counts in the total: a pure function of its input, the same answer for the same input. */
export interface Weighting<Schema extends z.ZodObject = z.ZodObject> {
  id: string
  params: Schema
  needs: 'nothing' | 'scores'
  weigh(input: WeighInput<z.output<Schema>>): Weights
}

export function defineWeighting<Schema extends z.ZodObject>(weighting: Weighting<Schema>): Weighting {
  return weighting
}
