/** So much is added to the diagonal of a matrix with a diagonal of 1: two directions that cannot be told apart share the step. */
const ridge = 1e-10

/** Stands for a diagonal that is 0, or less by rounding: the solution is then very large, but a number. */
const least = 1e-100

/**
 * Solves A x = b for a small symmetric, positive semidefinite A, brought onto a diagonal of 1 first, because variances may differ by orders of
 * magnitude. Gauss's elimination without exchange of rows, which such a matrix does not need.
 */
export function solveSmall(matrix: readonly (readonly number[])[], right: readonly number[]): Float64Array {
  const size = right.length
  const roots = matrix.map((row, index) => Math.sqrt(Math.max(row[index]!, least)))
  const rows = matrix.map((row, index) =>
    Float64Array.from(row, (value, column) =>
      index === column ? 1 + ridge : Math.max(-1, Math.min(1, value / (roots[index]! * roots[column]!))),
    ),
  )
  const solution = Float64Array.from(right, (value, index) => value / roots[index]!)
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!
      for (let column = pivot; column < size; column++) rows[row]![column]! -= factor * rows[pivot]![column]!
      solution[row]! -= factor * solution[pivot]!
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let column = row + 1; column < size; column++)
      solution[row]! -= rows[row]![column]! * solution[column]!
    solution[row]! /= rows[row]![row]!
  }
  return solution.map((value, index) => value / roots[index]!)
}
