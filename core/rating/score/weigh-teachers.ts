import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { aggregateAreas } from './aggregate-areas.ts'
import { isNormalised, normaliseAreas } from './normalise-areas.ts'
import { writeObstacles } from './obstacles.ts'
import type { Obstacle } from './obstacles.ts'
import { readMatrix } from './read-matrix.ts'
import { asksForTeachers, weighAreas } from './weigh-areas.ts'
import type { AreaWeights } from './weigh-areas.ts'

/** What was done to the points of the areas, for whoever writes lines and totals. */
export interface Weighing {
  /** Area id -> exact decimal. */
  weights: Record<string, string>
  how: Record<string, unknown>
  /** `rating_value` stands beside rating_area. */
  isNormalised: boolean
  /** `rating_weight` holds each teacher's own weights. */
  byTeacher: boolean
  /** `rating_aggregate` holds the totals. */
  isAggregated: boolean
  /** `rating_obstacle` holds who has no value or total. */
  hasObstacles: boolean
}

/**
 * Normalises, weighs and aggregates. Points that are only weighed and summed stay in the database in exact numbers; the matrix of
 * areas leaves it for a scale, a weighting that asks for it, or another aggregation.
 */
export async function weighTeachers(
  trx: Transaction<CoreTables>,
  source: Pick<RatingPlan, 'document' | 'criteria' | 'period'> & { weighting: Weighting },
): Promise<Weighing> {
  const { document, period, weighting } = source
  const found = { isNormalised: isNormalised(document), isAggregated: document.aggregation.method !== 'sum' }
  if (!found.isNormalised && !found.isAggregated && !asksForTeachers(weighting)) {
    const { weights, how } = await weighAreas(
      trx,
      { document, weighting, snapshotId: period.snapshotId },
      null,
    )
    return { ...found, weights, how, byTeacher: false, hasObstacles: false }
  }
  const matrix = await readMatrix(trx, source)
  const { values, obstacles } = found.isNormalised
    ? await normaliseAreas(trx, document, matrix)
    : { values: matrix.points, obstacles: [] }
  const weighed = await weighAreas(
    trx,
    { document, weighting, snapshotId: period.snapshotId },
    { matrix, values },
  )
  const weights = weightsByArea(document, weighed)
  const blocked = found.isAggregated
    ? explain(await aggregateAreas(trx, document, matrix, { values, weights }), obstacles)
    : obstacles.filter(({ area }) => Number(weighed.weights[area!]) !== 0)
  await writeObstacles(trx, blocked)
  return {
    ...found,
    weights: weighed.weights,
    how: weighed.how,
    byTeacher: weighed.byTeacher !== null,
    hasObstacles: true,
  }
}

function weightsByArea({ areas }: RegulationDocument, { byTeacher, weights }: AreaWeights): Float64Array {
  return byTeacher?.values ?? Float64Array.from(areas, ({ id }) => Number(weights[id]))
}

/**
 * Says of an area that an aggregation calls unknown why it is: it has no value on its scale. Facts that are unknown and weights that are
 * have reasons of their own.
 */
function explain(blocked: readonly Obstacle[], lost: readonly Obstacle[]): Obstacle[] {
  const why = new Map(lost.map((obstacle) => [`${obstacle.teacherId} ${obstacle.area}`, obstacle.code]))
  return blocked.flatMap((obstacle) => {
    if (obstacle.code === 'weight-unknown') return []
    const code = why.get(`${obstacle.teacherId} ${obstacle.area}`)
    if (obstacle.code === 'area-unknown' && code === undefined && obstacle.area !== null) return []
    return [{ ...obstacle, code: code ?? obstacle.code }]
  })
}
