import { UstazError } from '@ustaz/core/contract'
import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'

const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'percent as a decimal with at most 6 digits, e.g. "32.5"')

/** Percent shares of the areas. Throws UstazError unless exactly the regulation's areas have one and they total 100. */
export const percent = defineWeighting({
  id: 'percent',
  params: z.strictObject({ shares: z.record(z.string(), share) }),
  needs: 'nothing',
  weigh({ areas, params: { shares } }) {
    const strange = [...areas, ...Object.keys(shares)].filter((id) => !areas.includes(id) || !(id in shares))
    if (strange.length > 0) throw new UstazError('shares.areas-differ', { params: { areas: strange } })
    const millionths = areas.map((area) => Math.round(Number(shares[area]) * 1e6))
    const total = millionths.reduce((sum, part) => sum + part, 0)
    if (total !== 100e6) throw new UstazError('shares.not-100', { params: { total: total / 1e6 } })
    const weights = areas.map((area, index) => [area, ((millionths[index] ?? 0) / 1e8).toFixed(8)])
    return { weights: Object.fromEntries(weights) as Record<string, string>, how: { shares } }
  },
})
