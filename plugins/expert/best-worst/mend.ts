import { inputConsistency } from './linear-model.ts'
import type { BestWorstComparisons } from './linear-model.ts'

/** A comparison that would make the others agree better with each other. */
export interface BestWorstMending {
  /** Which comparison of the area: of the best with it, or of it with the worst. */
  comparison: 'best-to' | 'to-worst'
  place: number
  to: number
  /** The input-based consistency ratio there would be. */
  ratio: number
}

/**
 * How the area that contradicts most could be mended: for each of its two comparisons the whole number 1..9 that leaves the least
 * ratio while the others stand; of equals the one nearest to what was judged. Best first; only what betters the ratio.
 */
export function findBestWorstMendings(comparisons: BestWorstComparisons, place: number): BestWorstMending[] {
  const now = Math.max(...inputConsistency(comparisons))
  return (['best-to', 'to-worst'] as const)
    .map((comparison) => mendOne(comparisons, comparison, place))
    .filter(({ ratio }) => ratio < now - 1e-12)
    .sort((one, other) => one.ratio - other.ratio)
}

const listOf = { 'best-to': 'bestToOthers', 'to-worst': 'othersToWorst' } as const

function mendOne(
  comparisons: BestWorstComparisons,
  comparison: BestWorstMending['comparison'],
  place: number,
): BestWorstMending {
  const list = listOf[comparison]
  const judged = comparisons[list][place]!
  const options = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((to) => {
    const changed = { ...comparisons, [list]: comparisons[list].with(place, to) }
    return { comparison, place, to, ratio: Math.max(...inputConsistency(changed)) }
  })
  options.sort((a, b) => a.ratio - b.ratio || Math.abs(a.to - judged) - Math.abs(b.to - judged))
  return options[0]!
}
