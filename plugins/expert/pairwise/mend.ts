import { assess } from './assess.ts'
import type { RandomIndex, Triad } from './consistency.ts'
import type { Pairwise } from './eigenvector.ts'

/** Saaty's scale, rising: 1/9 (the other is extremely more important) ... 1 (equally) ... 9. */
export const saatyScale: readonly number[] = [
  ...[9, 8, 7, 6, 5, 4, 3, 2].map((times) => 1 / times),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9],
]

/** A judgement that would make the others agree better with each other. */
export interface Mending {
  /** Of the two areas, rising; `to`: how many times as important the first would be as the second. */
  places: [number, number]
  to: number
  /** The consistency ratio there would be. */
  ratio: number
}

/**
 * How a contradiction could be mended: for each of the three judgements of a triad the value of Saaty's scale that leaves the least
 * consistency ratio while all other judgements stand; of equals the one nearest to what was judged. Best first; only what betters
 * the ratio. A proposal for the expert to weigh, never to be taken unasked.
 */
export function findMendings(matrix: Pairwise, { places: [i, j, k] }: Triad, set: RandomIndex): Mending[] {
  const now = assess(matrix).consistencyRatio[set]
  const pairs = [[i, j], [j, k], [i, k]] as const // prettier-ignore
  return pairs
    .map(([a, b]) => mendOne(matrix, [a, b], set))
    .filter(({ ratio }) => ratio < now - alike)
    .sort((one, other) => compare(one.ratio, other.ratio))
}

/** Ratios nearer than this are equal. */
const alike = 1e-9
const compare = (a: number, b: number): number => (Math.abs(a - b) < alike ? 0 : a - b)

function mendOne(matrix: Pairwise, places: [number, number], set: RandomIndex): Mending {
  const [a, b] = places
  const judged = matrix[a]![b]!
  const distance = (to: number) => Math.abs(Math.log(to / judged))
  const options = saatyScale.map((to) => ({ places, to, ratio: ratioWith(matrix, places, to, set) }))
  options.sort((x, y) => compare(x.ratio, y.ratio) || distance(x.to) - distance(y.to))
  return options[0]!
}

function ratioWith(matrix: Pairwise, [a, b]: [number, number], to: number, set: RandomIndex): number {
  const changed = matrix.map((row, i) =>
    row.map((value, j) => (i === a && j === b ? to : i === b && j === a ? 1 / to : value)),
  )
  return assess(changed).consistencyRatio[set]
}
