/** matrix[i][j]: how many times as important i is as j; all above 0. */
export type Pairwise = readonly (readonly number[])[]

export interface Priorities {
  /** Above 0, total 1. */
  weights: number[]
  /** The principal eigenvalue: n for judgements that agree with each other, else more. */
  lambdaMax: number
}

/**
 * Priorities as the principal eigenvector (Saaty 1977, J. Math. Psychology 15; 1980), by power iteration, which converges for every
 * matrix of positive numbers (Perron 1907). It ends when no weight moves by more than 1e-15, or where rounding keeps it moving.
 */
export function principalEigenvector(matrix: Pairwise): Priorities {
  let weights = matrix.map(() => 1 / matrix.length)
  for (let step = 0; step < 10_000; step++) {
    const next = toUnitSum(multiply(matrix, weights))
    const moved = Math.max(...next.map((value, index) => Math.abs(value - weights[index]!)))
    weights = next
    if (moved <= 1e-15) break
  }
  const image = multiply(matrix, weights)
  const ratios = image.map((value, index) => value / weights[index]!)
  return { weights, lambdaMax: ratios.reduce((a, b) => a + b) / ratios.length }
}

const multiply = (matrix: Pairwise, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, index) => sum + value * vector[index]!, 0))

function toUnitSum(values: readonly number[]): number[] {
  const total = values.reduce((a, b) => a + b)
  return values.map((value) => value / total)
}
