import { inputConsistency, linearBestWorst } from './linear-model.ts'
import type { BestWorstComparisons } from './linear-model.ts'
import { inputThreshold, isAcceptable } from './thresholds.ts'

export interface BestWorstAssessment {
  /** By area, total 1. */
  weights: Record<string, number>
  /** 0 or more; 0: the comparisons agree with each other. */
  xi: number
  /** Input-based consistency ratio, 0..1. */
  ratio: number
  /** Greatest acceptable ratio, inclusive; null: none is published for so many areas. */
  threshold: number | null
  /** null: there is no threshold to judge by. */
  acceptable: boolean | null
  /** The area whose comparisons contradict most; null: none does. */
  worstArea: string | null
}

/** Weights of one expert's comparisons and how far they contradict each other. */
export function assessBestWorst(
  areas: readonly string[],
  comparisons: BestWorstComparisons,
): BestWorstAssessment {
  const { weights, xi } = linearBestWorst(comparisons)
  const ratios = inputConsistency(comparisons)
  const ratio = Math.max(...ratios)
  const threshold = inputThreshold(comparisons.bestToOthers[comparisons.worst]!, areas.length)
  return {
    weights: Object.fromEntries(areas.map((area, index) => [area, weights[index]!])),
    xi,
    ratio,
    threshold,
    acceptable: isAcceptable(ratio, threshold),
    worstArea: ratio === 0 ? null : areas[ratios.indexOf(ratio)]!,
  }
}
