import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { readShares, share, weighRows } from './to-weights.ts'

const shares = z.record(z.string(), share)

/**
 * Percent shares of the areas for each position; `otherwise`: for positions without a row. The weights of who has no position, or one
 * without a row, are not known. Throws UstazError unless every row has exactly the regulation's areas and totals 100.
 */
export const position = defineWeighting({
  id: 'position',
  params: z.strictObject({
    byPosition: z.record(z.string(), shares),
    otherwise: shares.nullable().default(null),
  }),
  needs: 'positions',
  weigh({ areas, params: { byPosition, otherwise }, positions }) {
    const rows = new Map(
      Object.entries(byPosition).map(([code, row]) => [code, readShares(areas, row, { position: code })]),
    )
    const rest = otherwise === null ? null : readShares(areas, otherwise)
    const found = (positions ?? []).map((code) => (code === null ? null : (rows.get(code) ?? rest)))
    const { weights, byTeacher, known } = weighRows(areas, found)
    return { weights, byTeacher, how: { teachers: found.length, known } }
  },
})
