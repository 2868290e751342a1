import type { BestWorstAnswer } from '../contract.ts'

const without = (values: Readonly<Record<string, number>>, id: string | null): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter(([area]) => area !== id))

/** Names the most important area. Comparisons with another best one say nothing any more. */
export function nameBest(answer: BestWorstAnswer, best: string | null): BestWorstAnswer {
  return {
    ...answer,
    best,
    worst: answer.worst === best ? null : answer.worst,
    bestToOthers: {},
    othersToWorst: answer.worst === best ? {} : without(answer.othersToWorst, best),
  }
}

/** Names the least important area. Comparisons with another worst one say nothing any more. */
export function nameWorst(answer: BestWorstAnswer, worst: string | null): BestWorstAnswer {
  if (answer.best !== null && answer.best === worst)
    return { ...answer, best: null, worst, bestToOthers: {}, othersToWorst: {} }
  return { ...answer, worst, othersToWorst: {} }
}

/** One comparison given, or with null taken away. */
export function compare(
  answer: BestWorstAnswer,
  comparison: 'best-to' | 'to-worst',
  area: string,
  times: number | null,
): BestWorstAnswer {
  const list = comparison === 'best-to' ? 'bestToOthers' : 'othersToWorst'
  const others = without(answer[list], area)
  return { ...answer, [list]: times === null ? others : { ...others, [area]: times } }
}
