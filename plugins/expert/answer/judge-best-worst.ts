import { assessBestWorst } from '../best-worst/assess.ts'
import { comparisonsOf } from '../best-worst/comparisons.ts'
import type { BestWorstMending } from '../best-worst/mend.ts'
import { findBestWorstMendings } from '../best-worst/mend.ts'
import { refuseMisfits } from './refuse-misfits.ts'
import type { BestWorstAnswer } from './answer.ts'

/** What can be said of an expert's comparisons with the best and the worst at any moment; areas by id. */
export interface JudgedBestWorst {
  method: 'best-worst'
  given: number
  needed: number
  complete: boolean
  /** Input-based consistency ratio; null: something is not compared yet. */
  ratio: number | null
  /** Greatest acceptable ratio, inclusive; null: none is published for so many areas, or it is not known yet. */
  limit: number | null
  /** null: there is nothing to judge by. */
  acceptable: boolean | null
  /** Total 1; null: something is not compared yet. */
  weights: Record<string, number> | null
  /** The area whose two comparisons contradict that of best and worst most; null: none does. */
  contradiction: { area: string; bestTo: number; toWorst: number; bestToWorst: number } | null
  /** Answers that would better the ratio, best first, with the ratio each would leave. */
  mendings: { comparison: BestWorstMending['comparison']; area: string; times: number; ratio: number }[]
}

/** Throws as refuseMisfits: `expert.best-is-worst`, `expert.areas-differ`. */
export function judgeBestWorst(
  areas: readonly string[],
  answer: BestWorstAnswer,
  expert = '',
): JudgedBestWorst {
  refuseMisfits(expert, areas, answer)
  const { best, worst, bestToOthers, othersToWorst } = answer
  const given = Object.keys(bestToOthers).length + Object.keys(othersToWorst).length
  const counts = { method: 'best-worst', given, needed: 2 * areas.length - 3 } as const
  if (best === null || worst === null || given < counts.needed)
    return {
      ...counts,
      complete: false,
      ratio: null,
      limit: null,
      acceptable: null,
      weights: null,
      contradiction: null,
      mendings: [],
    }
  const places = comparisonsOf(expert, areas, { best, worst, bestToOthers, othersToWorst })
  const { weights, ratio, threshold, acceptable, worstArea } = assessBestWorst(areas, places)
  const place = worstArea === null ? -1 : areas.indexOf(worstArea)
  return {
    ...counts,
    complete: true,
    ratio,
    limit: threshold,
    acceptable,
    weights,
    contradiction:
      worstArea === null
        ? null
        : {
            area: worstArea,
            bestTo: places.bestToOthers[place]!,
            toWorst: places.othersToWorst[place]!,
            bestToWorst: places.bestToOthers[places.worst]!,
          },
    mendings:
      worstArea === null
        ? []
        : findBestWorstMendings(places, place).map((found) => ({
            comparison: found.comparison,
            area: worstArea,
            times: found.to,
            ratio: found.ratio,
          })),
  }
}
