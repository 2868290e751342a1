import type { z } from 'zod'

/** Numbers of teachers (rows) in areas or values (columns), row by row; NaN where a teacher has no value. */
export interface ScoreMatrix {
  rows: number
  columns: number
  values: Float64Array
}

/** What a weighting reads of every teacher: numbers of the newest fact of an indicator in the period. */
export interface Readings {
  /** plugin.kind */
  indicator: string
  /** Attributes, the columns of the matrix. */
  values: readonly string[]
}

export interface WeighInput<Params> {
  /** Ids of the regulation's areas, in its order. */
  areas: readonly string[]
  params: Params
  /** Points before weighting, normalised where the regulation says so; null unless the weighting `needs` them. */
  scores: ScoreMatrix | null
  /** Position of each row, null where it is unknown; null unless the weighting `needs` them. */
  positions?: readonly (string | null)[] | null
  /** What `reads` asked for, a row for each teacher; null where it asks for nothing. Rows have no names on purpose. */
  readings?: ScoreMatrix | null
}

/**
 * Weights by area, each >= 0. A number is carried to 12 decimals; a string is an exact decimal.
 * `byTeacher`: weights of each row (rows x areas) instead; a row of NaN: this teacher's weights are unknown, which blocks.
 * `weights` then says what the rows have in common (their mean), for showing. `how` says in numbers how the weights
 * came about (shown and stored with the run).
 */
export interface Weights {
  weights: Record<string, string | number>
  byTeacher?: ScoreMatrix
  how: Record<string, unknown>
}

/** How much each area counts in the total: a pure function of its input, the same answer for the same input. */
export interface Weighting<Schema extends z.ZodObject = z.ZodObject> {
  id: string
  params: Schema
  needs: 'nothing' | 'scores' | 'positions'
  /** What it reads besides; absent: nothing. */
  reads?(params: z.output<Schema>): Readings
  weigh(input: WeighInput<z.output<Schema>>): Weights
}

export function defineWeighting<Schema extends z.ZodObject>(weighting: Weighting<Schema>): Weighting {
  return weighting
}
