import {
  aggregationSchema,
  certaintySettingsSchema,
  normalisationSchema,
} from '../../contract/regulation/composite.ts'
import { matrixOf } from '../composite/example-matrix.ts'
import type { Rows } from '../composite/example-matrix.ts'
import type { CertaintyInput } from './input.ts'

export interface ExampleRun {
  rows: Rows
  weights?: readonly number[]
  added?: readonly number[]
  factor?: readonly number[]
  limits?: { floor: number | null; cap: number | null }
  leagues?: readonly number[]
  /** As they stand in a regulation. */
  normalisation?: Record<string, unknown>
  aggregation?: Record<string, unknown>
  settings?: Record<string, unknown>
  /** As many as there are points; null: exact. */
  noise?: readonly number[] | null
}

/** For tests: a run written down as plain values. Unless said otherwise points are added, and nothing is open. */
export function inputOf(run: ExampleRun): CertaintyInput {
  const matrix = matrixOf(run.rows)
  const groups = Int32Array.from(run.leagues ?? run.rows.map(() => 0))
  const settings = { weights: { kind: 'fixed' }, normalisations: [], sensitivitySamples: 0, ...run.settings }
  return {
    matrix,
    areas: Array.from({ length: matrix.columns }, (_, column) => String(column)),
    weights: Float64Array.from(run.weights ?? new Array<number>(matrix.columns).fill(1)),
    finish: {
      factor: Float64Array.from(run.factor ?? run.rows.map(() => 1)),
      added: Float64Array.from(run.added ?? run.rows.map(() => 0)),
      ...(run.limits ?? { floor: null, cap: null }),
    },
    groups,
    ranked: groups,
    places: null,
    normalisation: normalisationSchema.parse(run.normalisation ?? {}),
    aggregation: aggregationSchema.parse(run.aggregation ?? { method: 'sum' }),
    noise: run.noise ? Float64Array.from(run.noise) : null,
    settings: certaintySettingsSchema.parse(settings),
  }
}
