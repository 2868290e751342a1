/**
 * Greatest input-based consistency ratio that is acceptable, by the comparison of best and worst (rows: 3..9) and the number of areas
 * (columns: 3..9): Liang, Brunelli & Rezaei 2020, Omega 96, 102175, table 3.
 */
const table: Readonly<Record<number, readonly number[]>> = {
  3: [0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667],
  4: [0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683],
  5: [0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.296],
  6: [0.133, 0.199, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262],
  7: [0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403],
  8: [0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.362, 0.3657],
  9: [0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.362, 0.3662],
}

/**
 * The threshold for a comparison of best and worst (1..9) and a number of areas; inclusive. Up to 2 nothing but full consistency is
 * acceptable (0). null: the source gives none (more than nine areas, values between the steps of the scale).
 */
export function inputThreshold(bestToWorst: number, areas: number): number | null {
  if (bestToWorst <= 2) return 0
  return table[bestToWorst]?.[areas - 3] ?? null
}

/** null: there is no threshold to judge by. */
export function isAcceptable(ratio: number, threshold: number | null): boolean | null {
  if (ratio === 0) return true
  return threshold === null ? null : ratio <= threshold
}
