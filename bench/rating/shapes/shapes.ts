import { sql } from 'kysely'
import { z } from 'zod'
import { defineWeighting } from '../../../core/plugin/index.ts'
import type { BenchCase } from '../bench-case.ts'
import { enterEvidence } from '../enter-evidence.ts'
import { rateByHand, totalsByHand } from './by-hand.ts'
import { benchRegulation, kinds } from './document.ts'

/** Types beyond the ten of the regulation count nowhere, as in life. */
const data = sql`jsonb_build_object('type', 't' || (n * 7919 / 3) % 25, 'sheets', (n % 97) / 8.0, 'quartile', 1 + n % 4,
  'place', 1 + n % 5, 'percent', 70 + n % 31, 'amount', n % 50000, 'language', 'kk', 'title', 'Item ' || n)`

/** 30 criteria of the shapes of KazUTB's table over three kinds of evidence that no plugin has. */
export function shapesCase(): BenchCase {
  return {
    id: 'shapes',
    document: benchRegulation(),
    sources: () => kinds.map((kind) => ({ source: 'evidence', indicator: `bench.${kind}`, enrich: null })),
    weighting: defineWeighting({
      id: 'points',
      params: z.object({}),
      needs: 'nothing',
      weigh: ({ areas }) => ({ weights: Object.fromEntries(areas.map((area) => [area, '1'])), how: {} }),
    }),
    enterEvidence: async (db, teachers) => {
      await enterEvidence(
        db,
        teachers,
        kinds.map((kind) => ({ indicator: `bench.${kind}`, part: 1, data })),
      )
    },
    rateByHand,
    totalsByHand,
  }
}
