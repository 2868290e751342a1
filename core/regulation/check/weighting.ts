import { UstazError } from '../../contract/problem.ts'
import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import { faultsOf } from '../../messages/zod-fault.ts'
import { faultAt } from './fault.ts'
import type { Supply } from './supply.ts'

/** The weighting exists and takes the parameters; one that needs no scores is asked for its weights (of no teachers), to hear what it refuses. */
export function checkWeighting(document: RegulationDocument, supply: Pick<Supply, 'weighting'>): Fault[] {
  const { id, params } = document.weighting
  const weighting = supply.weighting(id)
  if (!weighting) return [faultAt(['weighting', 'id'], 'weighting-unknown', { clause: id, weighting: id })]
  const checked = weighting.params.safeParse(params)
  if (!checked.success) {
    return faultsOf(checked.error, params).map((fault) => ({
      path: `/weighting/params${fault.path}`,
      code: fault.code,
      params: { ...fault.params, clause: id },
    }))
  }
  return weighting.needs === 'scores' ? [] : checkWeights(document, weighting, checked.data)
}

function checkWeights(
  document: RegulationDocument,
  weighting: Weighting,
  params: Record<string, unknown>,
): Fault[] {
  try {
    const read = weighting.reads?.(params)
    weighting.weigh({
      areas: document.areas.map(({ id }) => id),
      params,
      scores: null,
      positions: weighting.needs === 'positions' ? [] : null,
      readings: read ? { rows: 0, columns: read.values.length, values: new Float64Array() } : null,
    })
    return []
  } catch (error) {
    if (!(error instanceof UstazError)) throw error
    return [
      {
        path: '/weighting/params',
        code: error.code,
        params: { ...error.params, clause: document.weighting.id },
      },
    ]
  }
}
