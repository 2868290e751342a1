import { decompose, invertDecomposed, solveDecomposed } from './dense.ts'
import type { Symmetric } from './dense.ts'
import type { Equations } from './equations.ts'

/**
 * The equations scaled for certain variances, factorised. With s the ratio of a factor's standard deviation to that of the noise and b = effect / s,
 * the equations of b are (S Z'Z S + I) b = S Z'y (Bates, Maechler, Bolker and Walker 2015, Journal of Statistical Software 67(1), eq. 18): they
 * hold for a variance of 0 as well.
 */
export interface Factorised {
  equations: Equations
  /** s of each unknown; 1 for the mean. */
  scale: Float64Array
  pivots: Float64Array
  /** For each of the equations' `columns`. */
  multipliers: Float64Array
  late: Symmetric
  logDeterminant: number
}

/** `ratios`: variance of each factor in parts of the variance of the noise, 0 or more. */
export function factorise(equations: Equations, ratios: readonly number[]): Factorised {
  const scale = scaleOf(equations, ratios)
  const found: Factorised = { equations, scale, ...scaled(equations, scale), logDeterminant: 0 }
  const { rows, early } = equations
  for (let unknown = 0; unknown < early; unknown++) {
    eliminate(found, unknown)
    const pivot = found.pivots[unknown]!
    for (let at = rows[unknown]!; at < rows[unknown + 1]!; at++) found.multipliers[at]! /= pivot
    found.logDeterminant += Math.log(pivot)
  }
  decompose(found.late)
  const { size, values } = found.late
  for (let row = 0; row < size; row++) found.logDeterminant += 2 * Math.log(values[row * size + row]!)
  return found
}

function scaleOf({ size, factorOf }: Equations, ratios: readonly number[]): Float64Array {
  const roots = ratios.map(Math.sqrt)
  return Float64Array.from({ length: size }, (_, unknown) =>
    unknown === size - 1 ? 1 : roots[factorOf[unknown]!]!,
  )
}

function scaled(equations: Equations, scale: Float64Array) {
  const { early, size, rows, columns, shared, diagonal, late } = equations
  const pivots = diagonal.map((count, unknown) => 1 + count * scale[unknown]! ** 2)
  const multipliers = new Float64Array(shared.length)
  for (let unknown = 0; unknown < early; unknown++)
    for (let at = rows[unknown]!; at < rows[unknown + 1]!; at++)
      multipliers[at] = shared[at]! * scale[unknown]! * scale[columns[at]!]!
  const lateSize = size - early
  const values = new Float64Array(late.length)
  for (let row = 0; row < lateSize; row++) {
    for (let column = 0; column <= row; column++)
      values[row * lateSize + column] =
        late[row * lateSize + column]! * scale[early + row]! * scale[early + column]!
    if (row < lateSize - 1) values[row * (lateSize + 1)]! += 1
  }
  return { pivots, multipliers, late: { size: lateSize, values } }
}

/** Takes an unknown's part out of all later equations. */
function eliminate({ equations, pivots, multipliers, late }: Factorised, unknown: number): void {
  const { rows, columns, early } = equations
  const end = rows[unknown + 1]!
  for (let at = rows[unknown]!; at < end; at++) {
    const row = columns[at]!
    const multiplier = multipliers[at]! / pivots[unknown]!
    if (row < early) {
      pivots[row]! -= multiplier * multipliers[at]!
      let target = rows[row]!
      for (let other = at + 1; other < end; other++) {
        while (columns[target]! < columns[other]!) target++
        multipliers[target]! -= multiplier * multipliers[other]!
      }
    } else {
      for (let other = at; other < end; other++)
        late.values[(columns[other]! - early) * late.size + row - early]! -= multiplier * multipliers[other]!
    }
  }
}

/** The solution for a right-hand side of the scaled equations. */
export function solve(factorised: Factorised, right: Float64Array): Float64Array {
  const { equations, pivots, multipliers, late } = factorised
  const { rows, columns, early } = equations
  const solution = right.slice()
  for (let unknown = 0; unknown < early; unknown++)
    for (let at = rows[unknown]!; at < rows[unknown + 1]!; at++)
      solution[columns[at]!]! -= multipliers[at]! * solution[unknown]!
  solveDecomposed(late, solution, early)
  for (let unknown = early - 1; unknown >= 0; unknown--) {
    let value = solution[unknown]! / pivots[unknown]!
    for (let at = rows[unknown]!; at < rows[unknown + 1]!; at++)
      value -= multipliers[at]! * solution[columns[at]!]!
    solution[unknown] = value
  }
  return solution
}

/** Elements of the inverse of the scaled equations: of each two unknowns that share answers, and of all late ones. */
export interface Inverse {
  diagonal: Float64Array
  /** Throws if the two are not tied. */
  at(first: number, second: number): number
}

/** Takahashi's equations (Erisman and Tinney 1975, Communications of the ACM 18(3), 177-179): from the last unknown back to the first. */
export function invert({ equations, pivots, multipliers, late }: Factorised): Inverse {
  const { rows, columns, early, size } = equations
  const { values } = invertDecomposed(late)
  const tied = new Float64Array(columns.length)
  const diagonal = new Float64Array(size)
  for (let row = 0; row < late.size; row++) diagonal[early + row] = values[row * (late.size + 1)]!
  const at = (first: number, second: number): number => {
    if (first === second) return diagonal[first]!
    const row = Math.min(first, second)
    const column = Math.max(first, second)
    if (row >= early) return values[(row - early) * late.size + column - early]!
    return tied[find(columns, rows[row]!, rows[row + 1]!, column)]!
  }
  for (let unknown = early - 1; unknown >= 0; unknown--) {
    const [start, end] = [rows[unknown]!, rows[unknown + 1]!]
    let own = 1 / pivots[unknown]!
    for (let index = start; index < end; index++) {
      let sum = 0
      for (let other = start; other < end; other++)
        sum -= multipliers[other]! * at(columns[index]!, columns[other]!)
      tied[index] = sum
      own -= multipliers[index]! * sum
    }
    diagonal[unknown] = own
  }
  return { diagonal, at }
}

function find(columns: Int32Array, start: number, end: number, column: number): number {
  let [low, high] = [start, end - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    if (columns[middle] === column) return middle
    if (columns[middle]! < column) low = middle + 1
    else high = middle - 1
  }
  throw new RangeError(`unknown ${column} is not tied to the one asked`)
}
