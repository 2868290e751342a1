import { UstazError } from '@ustaz/core/contract'
import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import type { BestWorstComparisons } from './best-worst/linear-model.ts'
import { inputConsistency, linearBestWorst } from './best-worst/linear-model.ts'

const importances = z.record(z.string(), z.number().min(1).max(9))

const params = z.strictObject({
  best: z.string().min(1),
  worst: z.string().min(1),
  /** How many times as important the best is: for every other area, the worst too. */
  bestToOthers: importances,
  /** How many times as important as the worst: for every area but the best and the worst. */
  othersToWorst: importances,
})

/**
 * Best-worst method, linear model (Rezaei 2015, Omega 53; 2016, Omega 64): one or several experts together name the best and the
 * worst area and compare the others with these two only, 2n - 3 judgements on the scale 1..9. `how`: xi, in the linear model itself
 * the measure of inconsistency (0: none), and the input-based consistency ratio with the area that makes it (Liang et al. 2020).
 * Throws UstazError `expert.best-is-worst`, `expert.areas-differ` when comparisons and areas do not fit.
 */
export const bestWorst = defineWeighting({
  id: 'best-worst',
  params,
  needs: 'nothing',
  weigh({ areas, params: given }) {
    const comparisons = compare(areas, given)
    const { weights, xi } = linearBestWorst(comparisons)
    const ratios = inputConsistency(comparisons)
    const ratio = Math.max(...ratios)
    return {
      weights: Object.fromEntries(areas.map((area, index) => [area, weights[index]!])),
      how: {
        ...given,
        xi,
        inputConsistencyRatio: ratio,
        leastConsistentArea: ratio === 0 ? null : areas[ratios.indexOf(ratio)]!,
      },
    }
  },
})

function compare(areas: readonly string[], given: z.output<typeof params>): BestWorstComparisons {
  const { best, worst, bestToOthers, othersToWorst } = given
  if (best === worst) throw new UstazError('expert.best-is-worst', { params: { area: best } })
  const wrong = [
    ...[best, worst].filter((id) => !areas.includes(id)),
    ...misfits(areas.filter((id) => id !== best), bestToOthers), // prettier-ignore
    ...misfits(areas.filter((id) => id !== best && id !== worst), othersToWorst), // prettier-ignore
  ]
  if (wrong.length > 0)
    throw new UstazError('expert.areas-differ', { params: { areas: [...new Set(wrong)] } })
  return {
    best: areas.indexOf(best),
    worst: areas.indexOf(worst),
    bestToOthers: areas.map((id) => bestToOthers[id] ?? 1),
    othersToWorst: areas.map((id) => (id === best ? bestToOthers[worst]! : (othersToWorst[id] ?? 1))),
  }
}

/** Areas that are not compared though they should be, and those compared though they should not. */
function misfits(demanded: readonly string[], compared: Record<string, number>): string[] {
  return [
    ...demanded.filter((id) => !Object.hasOwn(compared, id)),
    ...Object.keys(compared).filter((id) => !demanded.includes(id)),
  ]
}
