import type { Weighting } from '@ustaz/core/plugin'

/** Weights by column of a small matrix given row by row, for tests with published numbers. */
export function weigh(weighting: Weighting, rows: readonly (readonly number[])[], params = {}) {
  const columns = rows[0]!.length
  const areas = Array.from({ length: columns }, (_, index) => `K${index + 1}`)
  const scores = { rows: rows.length, columns, values: Float64Array.from(rows.flat()) }
  const { weights, how } = weighting.weigh({ areas, params: weighting.params.parse(params), scores })
  return { weights: areas.map((area) => Number(weights[area])), how }
}

/** Rounded as the source prints. */
export const rounded = (values: readonly number[], digits: number): number[] =>
  values.map((value) => Number(value.toFixed(digits)))
