import type { Kysely } from 'kysely'
import type { CoreTables } from '../../../database/tables.ts'
import type { RunPair } from './run-pair.ts'

export interface WeightChange {
  area: string
  /** null: the area is not in that run, or has no one weight there. */
  before: string | null
  after: string | null
}

/** The areas that do not weigh the same in the two runs, in the order of the later regulation. */
export async function readWeightChanges(db: Kysely<CoreTables>, pair: RunPair): Promise<WeightChange[]> {
  const before = await readWeights(db, pair.before.id)
  const after = await readWeights(db, pair.after.id)
  const areas = [...pair.after.document.areas, ...pair.before.document.areas].map(({ id }) => id)
  return [...new Set(areas)]
    .map((area) => ({ area, before: before[area] ?? null, after: after[area] ?? null }))
    .filter((change) => change.before !== change.after)
}

async function readWeights(db: Kysely<CoreTables>, runId: number): Promise<Record<string, string>> {
  const { weights } = await db
    .selectFrom('run')
    .select('weights')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  return weights?.weights ?? {}
}
