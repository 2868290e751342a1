/** Scores a row: above 0 it is of the class. */
export type Discriminant = (row: readonly number[]) => number

/**
 * Linear discriminant of two classes with a common covariance and the shares of the training rows as prior probabilities (Fisher 1936; as
 * lda() of R's MASS does it): w = S^-1 (m1 - m0), constant = -w (m1 + m0) / 2 + ln(p1 / p0). Throws where the rows of a class are missing or
 * the covariance is singular.
 */
export function fitDiscriminant(
  rows: readonly { features: readonly number[]; isIn: boolean }[],
): Discriminant {
  const [inside, outside] = [rows.filter((row) => row.isIn), rows.filter((row) => !row.isIn)]
  const [m1, m0] = [meanOf(inside), meanOf(outside)]
  const size = m1.length
  const scatter = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (const { features, isIn } of rows) {
    const off = features.map((value, index) => value - (isIn ? m1 : m0)[index]!)
    for (const [i, a] of off.entries())
      for (const [j, b] of off.entries()) scatter[i]![j]! += (a * b) / (rows.length - 2)
  }
  const weights = solve(
    scatter,
    m1.map((value, index) => value - m0[index]!),
  )
  const middle = m1.map((value, index) => (value + m0[index]!) / 2)
  const constant = Math.log(inside.length / outside.length) - dot(weights, middle)
  return (row) => dot(weights, row) + constant
}

function meanOf(rows: readonly { features: readonly number[] }[]): number[] {
  const first = rows[0]
  if (!first) throw new RangeError('a class has no rows')
  return first.features.map(
    (_, index) => rows.reduce((sum, row) => sum + row.features[index]!, 0) / rows.length,
  )
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0)
}

/** Gaussian elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best))
    if (pivot[column] === 0) throw new RangeError('the covariance is singular')
    rows[rows.indexOf(pivot)] = rows[column]!
    rows[column] = pivot
    for (const row of rows) {
      if (row === pivot) continue
      const factor = row[column]! / pivot[column]!
      for (let index = column; index <= size; index++) row[index]! -= factor * pivot[index]!
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!)
}
