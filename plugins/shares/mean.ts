import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'

/** The plain mean of the areas: each of n areas counts 1/n, carried to 12 decimals. */
export const mean = defineWeighting({
  id: 'mean',
  params: z.strictObject({}),
  needs: 'nothing',
  weigh: ({ areas }) => ({
    weights: Object.fromEntries(areas.map((area) => [area, 1 / areas.length])),
    how: { areas: areas.length },
  }),
})
