import { UstazError } from '@ustaz/core/contract'
import type { BestWorstAnswer } from './answer.ts'

/**
 * Throws where an answer with gaps says something that no whole answer could: `expert.best-is-worst`, or `expert.areas-differ` with
 * the areas that do not exist or are compared with themselves.
 */
export function refuseMisfits(expert: string, areas: readonly string[], answer: BestWorstAnswer): void {
  const { best, worst, bestToOthers, othersToWorst } = answer
  if (best !== null && best === worst)
    throw new UstazError('expert.best-is-worst', { params: { expert, area: best } })
  const named = [best, worst].filter((id) => id !== null)
  const wrong = [
    ...[...named, ...Object.keys(bestToOthers), ...Object.keys(othersToWorst)].filter(
      (id) => !areas.includes(id),
    ),
    ...Object.keys(bestToOthers).filter((id) => best === null || id === best),
    ...Object.keys(othersToWorst).filter((id) => worst === null || named.includes(id)),
  ]
  if (wrong.length > 0)
    throw new UstazError('expert.areas-differ', { params: { expert, areas: [...new Set(wrong)] } })
}
