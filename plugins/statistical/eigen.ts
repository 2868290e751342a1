export interface EigenPair {
  value: number
  /** Of length 1. */
  vector: number[]
}

/**
 * Eigenvalues, greatest first, and eigenvectors of a symmetric matrix by Jacobi's rotations (Jacobi 1846; cyclic, as in
 * Golub & Van Loan, Matrix Computations, 8.5), which are exact to rounding for matrices as small as areas make.
 */
export function eigenPairs(symmetric: readonly (readonly number[])[]): EigenPair[] {
  const a = symmetric.map((row) => [...row])
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 100 && offDiagonal(a) > 1e-30; sweep++) {
    for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) rotate(a, vectors, p, q)
  }
  return a
    .map((row, k) => ({ value: row[k]!, vector: vectors.map((line) => line[k]!) }))
    .sort((left, right) => right.value - left.value)
}

/** Sum of the squares beside the diagonal. */
const offDiagonal = (a: readonly (readonly number[])[]): number =>
  a.reduce((total, row, i) => row.reduce((sum, value, j) => (i === j ? sum : sum + value ** 2), total), 0)

/** Turns rows and columns p and q so that a[p][q] becomes 0, and the vectors with them. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const beside = a[p]![q]!
  if (beside === 0) return
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * beside)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const cosine = 1 / Math.hypot(tangent, 1)
  const turn = (x: number, y: number): [number, number] => [
    cosine * (x - tangent * y),
    cosine * (tangent * x + y),
  ]
  for (const row of a) [row[p], row[q]] = turn(row[p]!, row[q]!)
  for (let k = 0; k < a.length; k++) [a[p]![k], a[q]![k]] = turn(a[p]![k]!, a[q]![k]!)
  for (const row of vectors) [row[p], row[q]] = turn(row[p]!, row[q]!)
}
