import { normalisationSchema } from '../../contract/regulation/composite.ts'
import type { ScoreMatrix } from '../../plugin/weighting.ts'
import { normalise, rulesByArea } from './normalise.ts'
import type { Normalised } from './normalise.ts'

/** For tests: matrices written as rows, null = unknown. */
export type Rows = readonly (readonly (number | null)[])[]

export function matrixOf(rows: Rows): ScoreMatrix {
  const values = Float64Array.from(rows.flat(), (value) => value ?? Number.NaN)
  return { rows: rows.length, columns: rows[0]?.length ?? 0, values }
}

export function rowsOf({ rows, columns, values }: ScoreMatrix): (number | null)[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.slice(row * columns, (row + 1) * columns), (value) =>
      Number.isNaN(value) ? null : value,
    ),
  )
}

/** `spec`: as it stands in a regulation; `groups`: one league unless given. */
export function normaliseRows(
  rows: Rows,
  spec: { areas?: Record<string, unknown>; byArea?: Record<string, Record<string, unknown>> },
  groups?: readonly number[],
): Normalised {
  const matrix = matrixOf(rows)
  const areas = Array.from({ length: matrix.columns }, (_, column) => String(column))
  return normalise(
    matrix,
    Int32Array.from(groups ?? rows.map(() => 0)),
    rulesByArea(normalisationSchema.parse(spec), areas),
  )
}

/** One area, in one league: its values on the scale. */
export function normaliseColumn(
  values: readonly (number | null)[],
  area: Record<string, unknown>,
): (number | null)[] {
  const { matrix } = normaliseRows(
    values.map((value) => [value]),
    { areas: area },
  )
  return rowsOf(matrix).flat()
}
