import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { asksForTeachers, checkWeights } from '../rating/score/weigh-areas.ts'
import type { Supply } from './check/supply.ts'

/**
 * The weight of each area as an exact decimal, where it can be told from the document alone. null: the weighting asks for something of
 * the teachers of a run, or it is unknown or refuses its parameters (what was found in the document then says so).
 */
export function weightsOf(
  { areas, weighting: { id, params } }: RegulationDocument,
  supply: Pick<Supply, 'weighting'>,
): Record<string, string> | null {
  const weighting = supply.weighting(id)
  const checked = weighting?.params.safeParse(params)
  if (!weighting || !checked?.success || asksForTeachers(weighting)) return null
  const ids = areas.map((area) => area.id)
  try {
    return checkWeights(id, ids, weighting.weigh({ areas: ids, params: checked.data, scores: null }).weights)
  } catch (error) {
    if (error instanceof UstazError) return null
    throw error
  }
}
