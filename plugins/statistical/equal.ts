import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { byArea } from './to-weights.ts'

/** Equal weights: each of n areas counts 1/n. The yardstick that the other methods are compared with. */
export const equal = defineWeighting({
  id: 'equal',
  params: z.strictObject({}),
  needs: 'nothing',
  weigh: ({ areas }) => ({
    weights: byArea(
      areas,
      areas.map(() => 1 / areas.length),
    ),
    how: { areas: areas.length },
  }),
})
