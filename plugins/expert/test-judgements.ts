import type { Judgement } from './pairwise/judgements.ts'
import type { Pairwise } from './pairwise/eigenvector.ts'

/** The judgements above the diagonal of a matrix, as an expert enters them. */
export function judgementsOf(areas: readonly string[], matrix: Pairwise): Judgement[] {
  return areas.flatMap((area, i) =>
    areas.slice(i + 1).map((over, step) => ({ area, over, times: matrix[i]![i + 1 + step]! })),
  )
}

/** Rounded as the source prints. */
export const rounded = (values: readonly number[], digits: number): number[] =>
  values.map((value) => Number(value.toFixed(digits)))
