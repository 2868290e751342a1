/** A symmetric matrix, row by row; of `values` only the lower triangle is read. */
export interface Symmetric {
  size: number
  values: Float64Array
}

/** So many products of a row with others are summed side by side: each number of the row is read once for all of them. */
const block = 4

/** Cholesky's factor L (A = L L', lower triangle) in place of A. Throws if A is not positive definite. */
export function decompose({ size, values }: Symmetric): void {
  const sums = new Float64Array(block)
  for (let row = 0; row < size; row++) {
    const own = row * size
    for (let column = 0; column < row; column += block) {
      sumBlock(
        { row: values, start: own, rows: values, first: column * size, stride: size, length: column },
        sums,
      )
      const end = Math.min(row, column + block)
      for (let at = column; at < end; at++) {
        const inBlock = dot(values, own + column, values, at * size + column, at - column)
        values[own + at] = (values[own + at]! - sums[at - column]! - inBlock) / values[at * size + at]!
      }
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
export function invertDecomposed(factor: Symmetric): Symmetric {
  const { size } = factor
  const inverse = invertTriangle(factor)
  const sums = new Float64Array(block)
  const values = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column += block) {
      const first = column * size + row
      sumBlock(
        { row: inverse, start: row * size + row, rows: inverse, first, stride: size, length: size - row },
        sums,
      )
      const end = Math.min(row + 1, column + block)
      for (let at = column; at < end; at++) {
        values[row * size + at] = sums[at - column]!
        values[at * size + row] = sums[at - column]!
      }
    }
  }
  return { size, values }
}

/** The inverse of L; row j has its column j, so that all sums run over neighbouring numbers. */
function invertTriangle({ size, values }: Symmetric): Float64Array {
  const sums = new Float64Array(block)
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    const own = column * size
    inverse[own + column] = 1 / values[own + column]!
    for (let row = column + 1; row < size; row += block) {
      const length = row - column
      sumBlock(
        { row: inverse, start: own + column, rows: values, first: row * size + column, stride: size, length },
        sums,
      )
      const end = Math.min(size, row + block)
      for (let at = row; at < end; at++) {
        const inBlock = dot(values, at * size + row, inverse, own + row, at - row)
        inverse[own + at] = -(sums[at - row]! + inBlock) / values[at * size + at]!
      }
    }
  }
  return inverse
}

/** Part of a row, and the same part of `block` others that begin at `first` and every `stride`; those beyond the end count as 0. */
interface Block {
  row: Float64Array
  start: number
  rows: Float64Array
  first: number
  stride: number
  length: number
}

function sumBlock({ row, start, rows, first, stride, length }: Block, sums: Float64Array): void {
  if (first + (block - 1) * stride + length > rows.length) {
    for (let index = 0; index < block; index++) {
      const from = first + index * stride
      sums[index] = from + length > rows.length ? 0 : dot(row, start, rows, from, length)
    }
    return
  }
  let [one, two, three, four] = [0, 0, 0, 0]
  for (let index = 0; index < length; index++) {
    const value = row[start + index]!
    const at = first + index
    one += value * rows[at]!
    two += value * rows[at + stride]!
    three += value * rows[at + 2 * stride]!
    four += value * rows[at + 3 * stride]!
  }
  sums[0] = one
  sums[1] = two
  sums[2] = three
  sums[3] = four
}

function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let sum = 0
  for (let index = 0; index < length; index++) sum += a[aStart + index]! * b[bStart + index]!
  return sum
}
