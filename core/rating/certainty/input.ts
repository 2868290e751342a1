import type { Aggregation, CertaintySettings, Normalisation } from '../../contract/regulation/composite.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'

/** A finished run as numbers, and what of it is taken to be open. Rows are teachers, columns areas. */
export interface CertaintyInput {
  /** Points of areas; NaN = unknown. */
  matrix: ScoreMatrix
  areas: readonly string[]
  /** One a column, or one a row and column. */
  weights: Float64Array
  /**
   * From areas to totals: aggregate x factor + added (a norm that divides, a norm that is subtracted), held within limits. A factor of 0 is a
   * requirement that leaves nothing, after the limits.
   */
  finish: {
    factor: Float64Array
    added: Float64Array
    /** null: no limit. */
    floor: number | null
    cap: number | null
  }
  /** League number by row, -1 = in none: with whom scales and orders of areas compare. */
  groups: Int32Array
  /** The same where the teacher has a place, -1 where not. */
  ranked: Int32Array
  /** Official places, whose order bands follow (tie-breakers and requirements make it another than that of totals); null: by totals. */
  places: Int32Array | null
  normalisation: Normalisation
  aggregation: Aggregation
  /** Standard deviation of the error of each point, 0 = exact; null: all are exact. */
  noise: Float64Array | null
  settings: CertaintySettings
}

/** What is open, in the order of their streams of random numbers. */
export const choiceNames = ['weights', 'normalisation', 'aggregation', 'noise'] as const
export type ChoiceName = (typeof choiceNames)[number]

/** One decision about everything that is open. */
export interface Choices {
  /** By area. */
  weights: Float64Array
  /** Number of the alternative, 0 = the official one. */
  normalisation: number
  aggregation: number
  /** Standard normal: how far a teacher's total lies above (below 0: below) the truth, against the others. */
  noise: number
}
