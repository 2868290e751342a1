import { UstazError } from '@ustaz/core/contract'
import { z } from 'zod'
import type { BestWorstComparisons } from './linear-model.ts'

const importances = z.record(z.string(), z.number().min(1).max(9))

/** What one expert says. */
export const comparisonsSchema = z.strictObject({
  best: z.string().min(1),
  worst: z.string().min(1),
  /** How many times as important the best is: for every other area, the worst too. */
  bestToOthers: importances,
  /** How many times as important as the worst: for every area but the best and the worst. */
  othersToWorst: importances,
})
export type ExpertComparisons = z.output<typeof comparisonsSchema>

/** The comparisons by place of the areas. Throws UstazError `expert.best-is-worst`, `expert.areas-differ` unless they fit. */
export function comparisonsOf(
  expert: string,
  areas: readonly string[],
  { best, worst, bestToOthers, othersToWorst }: ExpertComparisons,
): BestWorstComparisons {
  if (best === worst) throw new UstazError('expert.best-is-worst', { params: { expert, area: best } })
  const wrong = [
    ...[best, worst].filter((id) => !areas.includes(id)),
    ...misfits(areas.filter((id) => id !== best), bestToOthers), // prettier-ignore
    ...misfits(areas.filter((id) => id !== best && id !== worst), othersToWorst), // prettier-ignore
  ]
  if (wrong.length > 0)
    throw new UstazError('expert.areas-differ', { params: { expert, areas: [...new Set(wrong)] } })
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
