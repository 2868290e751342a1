import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { ScoreMatrix, Weighting } from '../../plugin/weighting.ts'

export interface AreaWeights {
  /** Area id -> exact decimal. */
  weights: Record<string, string>
  how: Record<string, unknown>
}

/**
 * Asks the regulation's weighting for the weight of each area. The score matrix leaves the database only for a
 * weighting that needs it. Throws `weights-wrong` when an area is missing, unknown, negative or not a number.
 */
export async function weighAreas(
  trx: Transaction<CoreTables>,
  document: RegulationDocument,
  weighting: Weighting,
): Promise<AreaWeights> {
  const areas = document.areas.map(({ id }) => id)
  const scores = weighting.needs === 'scores' ? await readScores(trx, areas.length) : null
  const params = weighting.params.parse(document.weighting.params)
  const { weights, how } = weighting.weigh({ areas, params, scores })
  return { weights: checkWeights(document.weighting.id, areas, weights), how }
}

async function readScores(trx: Transaction<CoreTables>, columns: number): Promise<ScoreMatrix> {
  const { rows } = await sql<{ points: number[] }>`
    select array_agg(case when r.matches = 0 then 'NaN' else r.points::float8 end order by r.area_no) as points
    from rating_area r group by r.teacher_id order by r.teacher_id`.execute(trx)
  return { rows: rows.length, columns, values: Float64Array.from(rows.flatMap(({ points }) => points)) }
}

/** What a weighting answered, as exact decimals. Throws `weights-wrong`. */
export function checkWeights(
  weighting: string,
  areas: readonly string[],
  weights: Record<string, string | number>,
): Record<string, string> {
  const wrong = [
    ...areas.filter((area) => !(area in weights) || !isWeight(weights[area])),
    ...Object.keys(weights).filter((area) => !areas.includes(area)),
  ]
  if (wrong.length > 0)
    throw new UstazError('weights-wrong', { status: 422, params: { weighting, areas: wrong } })
  return Object.fromEntries(areas.map((area) => [area, toDecimal(weights[area]!)]))
}

function isWeight(weight: string | number | undefined): boolean {
  if (typeof weight === 'number') return Number.isFinite(weight) && weight >= 0
  return weight !== undefined && /^\d+(\.\d+)?$/.test(weight)
}

function toDecimal(weight: string | number): string {
  return typeof weight === 'string' ? weight : weight.toFixed(12).replace(/\.?0+$/, '')
}
