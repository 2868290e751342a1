/**
 * Random indices for n = 1..15: the mean consistency index of random judgements. `saaty-1980`: Saaty, The Analytic Hierarchy
 * Process, 1980, 500 matrices for each n (hence the dip at 12). `saaty-later`: the set of Saaty's later works, from larger samples.
 * `alonso-lamata-2006`: Alonso & Lamata, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 100,000 matrices.
 */
export const randomIndices = {
  'saaty-1980': [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59],
  'saaty-later': [0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59],
  'alonso-lamata-2006': [
    0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713,
    1.5838,
  ],
} as const
export type RandomIndex = keyof typeof randomIndices
export const randomIndexSets = Object.keys(randomIndices) as [RandomIndex, ...RandomIndex[]]

/** The greatest number of areas that a random index is known for. */
export const maxAreas = 15

/** CI = (lambda_max - n) / (n - 1) (Saaty 1980), 0 or more; 0 for one or two areas, which cannot contradict each other. */
export function consistencyIndex(n: number, lambdaMax: number): number {
  return n < 3 ? 0 : Math.max(0, (lambdaMax - n) / (n - 1))
}

/** CR = CI / RI (Saaty 1980): 0 is consistent, 1 as bad as chance; 0.10 is the usual limit. */
export function consistencyRatio(n: number, index: number, set: RandomIndex): number {
  return n < 3 ? 0 : index / randomIndices[set][n - 1]!
}

export interface Triad {
  /** Places of the three areas, rising. */
  places: [number, number, number]
  /** 0..1 (1 excluded): 0 where a_ij a_jk = a_ik. */
  inconsistency: number
}

/** Judgements as far as they are given; null: not yet. */
export type PartialPairwise = readonly (readonly (number | null)[])[]

/**
 * The three areas whose judgements contradict each other most, by Koczkodaj's measure (1993, Math. Comput. Modelling 18(7)):
 * min(|1 - a_ik / (a_ij a_jk)|, |1 - a_ij a_jk / a_ik|). Of equals the first; null where no three areas are all compared.
 */
export function worstTriad(matrix: PartialPairwise): Triad | null {
  let worst: Triad | null = null
  for (let i = 0; i < matrix.length; i++)
    for (let j = i + 1; j < matrix.length; j++)
      for (let k = j + 1; k < matrix.length; k++) {
        const inconsistency = inconsistencyOf(matrix[i]![j]!, matrix[j]![k]!, matrix[i]![k]!)
        if (inconsistency !== null && (worst === null || inconsistency > worst.inconsistency))
          worst = { places: [i, j, k], inconsistency }
      }
  return worst
}

function inconsistencyOf(ij: number | null, jk: number | null, ik: number | null): number | null {
  if (ij === null || jk === null || ik === null) return null
  const round = (ij * jk) / ik
  return 1 - Math.min(round, 1 / round)
}
