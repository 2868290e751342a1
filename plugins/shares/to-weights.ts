import { UstazError } from '@ustaz/core/contract'
import type { ScoreMatrix } from '@ustaz/core/plugin'
import { z } from 'zod'

/** A share of an area. */
export const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'percent as a decimal with at most 6 digits, e.g. "32.5"')
export type Shares = Readonly<Record<string, string>>

/** 100 % in the finest part that is told apart. */
export const whole = 100e6
export const inMillionths = (percent: number | string) => Math.round(Number(percent) * 1e6)

/**
 * Shares in millionths of a percent, in the order of the areas; `of` says whose they are. Throws UstazError unless exactly the areas
 * have one (`shares.areas-differ`) and they total 100 (`shares.not-100`).
 */
export function readShares(
  areas: readonly string[],
  shares: Shares,
  of: Record<string, string> = {},
): number[] {
  refuseOtherAreas(areas, Object.keys(shares))
  const millionths = areas.map((area) => inMillionths(shares[area]!))
  const total = millionths.reduce((sum, part) => sum + part, 0)
  if (total !== whole) throw new UstazError('shares.not-100', { params: { total: total / 1e6, ...of } })
  return millionths
}

/** Throws `shares.areas-differ` where an area is not named or another thing is. */
export function refuseOtherAreas(areas: readonly string[], named: readonly string[]): void {
  const strange = [...areas, ...named].filter((id) => !areas.includes(id) || !named.includes(id))
  if (strange.length > 0)
    throw new UstazError('shares.areas-differ', { params: { areas: [...new Set(strange)] } })
}

/** Weights of rows from their shares in millionths of a percent; null: not known. `weights`: the mean of the known rows, 0 where none is. */
export function weighRows(
  areas: readonly string[],
  rows: readonly (readonly number[] | null)[],
): { weights: Record<string, number>; byTeacher: ScoreMatrix; known: number } {
  const known = rows.filter((row) => row !== null)
  const mean = (column: number) =>
    known.length === 0 ? 0 : known.reduce((sum, row) => sum + row[column]!, 0) / known.length / whole
  const values = rows.flatMap((row) =>
    areas.map((_, column) => (row === null ? Number.NaN : row[column]! / whole)),
  )
  return {
    weights: Object.fromEntries(areas.map((area, column) => [area, mean(column)])),
    byTeacher: { rows: rows.length, columns: areas.length, values: Float64Array.from(values) },
    known: known.length,
  }
}
