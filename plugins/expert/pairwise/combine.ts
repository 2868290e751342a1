import type { Pairwise } from './eigenvector.ts'

/**
 * The judgements of a group: the geometric mean of each judgement, the only mean that keeps them reciprocal (Aczél & Saaty 1983,
 * J. Math. Psychology 27). All experts count the same.
 */
export function combineJudgements(matrices: readonly Pairwise[]): number[][] {
  return matrices[0]!.map((row, i) =>
    row.map((_, j) => {
      const logs = matrices.map((matrix) => Math.log(matrix[i]![j]!))
      return Math.exp(logs.reduce((a, b) => a + b) / matrices.length)
    }),
  )
}
