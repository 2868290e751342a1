import { minimise } from './simplex.ts'

export interface BestWorstComparisons {
  /** Places of the best and the worst area. */
  best: number
  worst: number
  /** How many times as important the best is as each area, 1..9; 1 for itself. */
  bestToOthers: readonly number[]
  /** How many times as important each area is as the worst, 1..9; 1 for itself. */
  othersToWorst: readonly number[]
}

/** The greatest |w_B - a w_j| there can be: weights are at most 1 and a at most 9. */
const greatest = 9

/**
 * Weights of the linear best-worst method (Rezaei 2016, Omega 64, the linear model of section 4): the w >= 0 with sum 1 that make
 * xi = max(|w_B - a_Bj w_j|, |w_j - a_jW w_W|) over all j least. 0 for xi: the comparisons agree with each other.
 * It is solved for eta = 9 - xi as greatest as can be, so that any weights are a place to begin.
 */
export function linearBestWorst(comparisons: BestWorstComparisons): { weights: number[]; xi: number } {
  const differences = differencesOf(comparisons)
  const n = comparisons.bestToOthers.length
  const rows = differences.flatMap((row) => [
    [...row, 1],
    [...row.map((value) => -value), 1],
  ])
  const solution = minimise({
    cost: [...Array<number>(n).fill(0), -1],
    rows,
    limits: rows.map(() => greatest),
    equal: [...Array<number>(n).fill(1), 0],
    start: comparisons.best,
  })
  const weights = solution.slice(0, n).map((weight) => Math.max(0, weight))
  const misses = differences.map((row) =>
    Math.abs(row.reduce((sum, value, index) => sum + value * weights[index]!, 0)),
  )
  return { weights, xi: Math.max(...misses) }
}

/** Coefficients of w in w_B - a_Bj w_j and w_j - a_jW w_W; each pair once, none of an area with itself. */
function differencesOf({ best, worst, bestToOthers, othersToWorst }: BestWorstComparisons): number[][] {
  const difference = (more: number, less: number, times: number) =>
    bestToOthers.map((_, index) => (index === more ? 1 : index === less ? -times : 0))
  const places = bestToOthers.map((_, index) => index)
  return [
    ...places.filter((j) => j !== best).map((j) => difference(best, j, bestToOthers[j]!)),
    ...places.filter((j) => j !== best && j !== worst).map((j) => difference(j, worst, othersToWorst[j]!)),
  ]
}

/**
 * How far each area's two comparisons contradict the one of best and worst, 0..1: |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW), 0 where
 * a_BW = 1; the greatest is the input-based consistency ratio (Liang, Brunelli & Rezaei 2020, Omega 96).
 */
export function inputConsistency({ worst, bestToOthers, othersToWorst }: BestWorstComparisons): number[] {
  const direct = bestToOthers[worst]!
  const range = direct ** 2 - direct
  return bestToOthers.map((times, j) =>
    range === 0 ? 0 : Math.abs(times * othersToWorst[j]! - direct) / range,
  )
}
