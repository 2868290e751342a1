import type { BenchCase } from '../bench-case.ts'
import { kazutbCase } from '../kazutb/kazutb.ts'
import type { BenchPlugins } from '../plugins.ts'
import { rateByHand } from './by-hand.ts'
import { richRegulation } from './document.ts'
import { enterLife } from './life.ts'

/** The richest rules in use, over the evidence of KazUTB's table. */
export async function richCase(plugins: BenchPlugins): Promise<BenchCase> {
  const table = await kazutbCase(plugins)
  const document = richRegulation(table.document)
  return {
    ...table,
    id: 'rich',
    document,
    weighting: plugins.weighting(document.weighting.id),
    enterEvidence: async (db, teachers) => {
      await enterLife(db)
      await table.enterEvidence(db, teachers)
    },
    rateByHand,
  }
}
