/**
 * Answers of a linear mixed model y = mean + sum over factors of effect(level) + noise, summed by cell: a cell is all answers that have the same
 * level of every factor. Counts and sums are all that the model needs of them, besides the sum of squares.
 */
export interface Observations {
  /** Answers of each cell, above 0. */
  counts: Float64Array
  /** Sum of the answers of each cell, `shift` taken from each answer. */
  sums: Float64Array
  /** Sum of the squares of all answers, `shift` taken from each. */
  squares: number
  /** A value near the mean, so that sums of squares lose no digits. */
  shift: number
  factors: Factor[]
}

/** A random factor: its effects are independent, normal, with mean 0 and one variance. */
export interface Factor<Name extends string = string> {
  name: Name
  levels: number
  /** Level of each cell; -1: none, its answers have no effect of this factor. */
  of: Int32Array
}

export function answersOf({ counts }: Observations): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
