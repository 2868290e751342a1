import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'

/** Points are added as they are: every area counts with weight 1. */
export const points = defineWeighting({
  id: 'points',
  params: z.strictObject({}),
  needs: 'nothing',
  weigh: ({ areas }) => ({ weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }),
})
