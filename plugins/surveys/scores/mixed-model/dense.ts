/** A symmetric matrix, row by row; of `values` only the lower triangle is read. */
export interface Symmetric {
  size: number
  values: Float64Array
}

/** Cholesky's factor L (A = L L', lower triangle) in place of A. Throws if A is not positive definite. */
export function decompose({ size, values }: Symmetric): void {
  for (let row = 0; row < size; row++) {
    const own = row * size
    for (let column = 0; column < row; column++) {
      const other = column * size
      values[own + column] =
        (values[own + column]! - dot(values, own, values, other, column)) / values[other + column]!
    }
    const pivot = values[own + row]! - dot(values, own, values, own, row)
    if (!(pivot > 0)) throw new RangeError(`not positive definite at ${row} of ${size}`)
    values[own + row] = Math.sqrt(pivot)
  }
}

/** Solves L L' x = b in place; b is the part of `vector` from `start` on. */
export function solveDecomposed({ size, values }: Symmetric, vector: Float64Array, start: number): void {
  for (let row = 0; row < size; row++) {
    const own = row * size
    vector[start + row] = (vector[start + row]! - dot(values, own, vector, start, row)) / values[own + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    const own = row * size
    const value = vector[start + row]! / values[own + row]!
    vector[start + row] = value
    for (let column = 0; column < row; column++) vector[start + column]! -= values[own + column]! * value
  }
}

/** The inverse of L L', both triangles. */
export function invertDecomposed({ size, values }: Symmetric): Symmetric {
  // Row j of `inverse` is column j of the inverse of L: all sums run over neighbouring numbers.
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    const own = column * size
    inverse[own + column] = 1 / values[own + column]!
    for (let row = column + 1; row < size; row++) {
      const sum = dot(values, row * size + column, inverse, own + column, row - column)
      inverse[own + row] = -sum / values[row * size + row]!
    }
  }
  const result = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const sum = dot(inverse, row * size + row, inverse, column * size + row, size - row)
      result[row * size + column] = sum
      result[column * size + row] = sum
    }
  }
  return { size, values: result }
}

function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  let index = 0
  for (; index + 3 < length; index += 4) {
    first += a[aStart + index]! * b[bStart + index]!
    second += a[aStart + index + 1]! * b[bStart + index + 1]!
    third += a[aStart + index + 2]! * b[bStart + index + 2]!
    fourth += a[aStart + index + 3]! * b[bStart + index + 3]!
  }
  for (; index < length; index++) first += a[aStart + index]! * b[bStart + index]!
  return first + second + (third + fourth)
}
