import { UstazError } from '@ustaz/core/contract'
import type { ScoreMatrix } from '@ustaz/core/plugin'

/** The points by area, of the teachers who have a known value in every area. */
export interface Columns {
  /** One for each area, all of the same length of at least 2. */
  columns: readonly (readonly number[])[]
  /** Goes into `how`: teachers weighed by, and teachers left out because a value is unknown. */
  counted: { rows: number; rowsLeftOut: number }
}

/**
 * Reads a score matrix by columns. A row with an unknown value (NaN) is left out whole, since the methods compare areas teacher
 * by teacher. Throws UstazError `statistical.too-few-rows` when fewer than two rows remain.
 */
export function readColumns(scores: ScoreMatrix | null): Columns {
  const { rows, columns, values } = scores ?? { rows: 0, columns: 0, values: new Float64Array() }
  const all = Array.from({ length: rows }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ])
  const known = all.filter((row) => row.every(Number.isFinite))
  if (known.length < 2) throw new UstazError('statistical.too-few-rows', { params: { rows: known.length } })
  return {
    columns: Array.from({ length: columns }, (_, column) => known.map((row) => row[column]!)),
    counted: { rows: known.length, rowsLeftOut: rows - known.length },
  }
}

/** Ids of the areas whose column fails a condition; throws UstazError with the code when there are any. */
export function demand(
  code: string,
  areas: readonly string[],
  columns: Columns['columns'],
  holds: (value: number) => boolean,
): void {
  const wrong = areas.filter((_, index) => !columns[index]?.every(holds))
  if (wrong.length > 0) throw new UstazError(code, { params: { areas: wrong } })
}
