import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { readShares, share, whole } from './to-weights.ts'

/** Percent shares of the areas. Throws UstazError unless exactly the regulation's areas have one and they total 100. */
export const percent = defineWeighting({
  id: 'percent',
  params: z.strictObject({ shares: z.record(z.string(), share) }),
  needs: 'nothing',
  weigh({ areas, params: { shares } }) {
    const millionths = readShares(areas, shares)
    const weights = areas.map((area, index) => [area, (millionths[index]! / whole).toFixed(8)])
    return { weights: Object.fromEntries(weights) as Record<string, string>, how: { shares } }
  },
})
