import type { RandomIndex, Triad } from './consistency.ts'
import { consistencyIndex, consistencyRatio, randomIndexSets, worstTriad } from './consistency.ts'
import type { Pairwise, Priorities } from './eigenvector.ts'
import { principalEigenvector } from './eigenvector.ts'

export interface Assessment extends Priorities {
  consistencyIndex: number
  /** By each set of random indices. */
  consistencyRatio: Record<RandomIndex, number>
  worstTriad: Triad | null
}

/** Priorities of one matrix of judgements and how far they contradict each other. */
export function assess(matrix: Pairwise): Assessment {
  const priorities = principalEigenvector(matrix)
  const n = matrix.length
  const index = consistencyIndex(n, priorities.lambdaMax)
  return {
    ...priorities,
    consistencyIndex: index,
    consistencyRatio: ratios(n, index),
    worstTriad: worstTriad(matrix),
  }
}

function ratios(n: number, index: number): Record<RandomIndex, number> {
  const bySet = randomIndexSets.map((set) => [set, consistencyRatio(n, index, set)])
  return Object.fromEntries(bySet) as Record<RandomIndex, number>
}
