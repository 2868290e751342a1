import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { openRandom } from './random.ts'

/** Pairs of signs tried for each area. */
const trials = 8

/**
 * Standard deviation that the noise of one area gives each total, by any normalisation and aggregation: all points of the area
 * are moved by their own deviation up or down, by random signs, and the other way round; half the difference of the two totals
 * is what the noise does (simultaneous perturbation: Spall 1992, IEEE Trans. Automatic Control 37(3)). Exact where a total
 * is linear in the area. Where one of the two has no total the official one stands for it. NaN: it cannot be told.
 */
export function noiseOfTotals(
  source: ScoreMatrix,
  column: number,
  noise: Float64Array,
  totalsOf: (matrix: ScoreMatrix) => Float64Array,
  seed: number,
): Float64Array {
  const official = totalsOf(source)
  const squares = new Float64Array(source.rows)
  const counts = new Float64Array(source.rows)
  for (let trial = 0; trial < trials; trial++) {
    const random = openRandom(seed, column, trial)
    const moves = Float64Array.from(
      { length: source.rows },
      (_, row) => Math.sign(random.uniform() - 0.5) * noise[row * source.columns + column]!,
    )
    const [up, down] = [totalsOf(moved(source, column, moves, 1)), totalsOf(moved(source, column, moves, -1))]
    up.forEach((value, row) => {
      const change = halfDifference(value, down[row]!, official[row]!)
      if (Number.isNaN(change)) return
      squares[row]! += change ** 2
      counts[row]!++
    })
  }
  return squares.map((sum, row) => (counts[row] === 0 ? Number.NaN : Math.sqrt(sum / counts[row]!)))
}

function halfDifference(up: number, down: number, official: number): number {
  if (Number.isNaN(up)) return official - down
  return Number.isNaN(down) ? up - official : (up - down) / 2
}

function moved(source: ScoreMatrix, column: number, moves: Float64Array, sign: number): ScoreMatrix {
  const values = source.values.slice()
  moves.forEach((move, row) => (values[row * source.columns + column]! += sign * move))
  return { ...source, values }
}
