import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { readPositionCodes } from '../people/position-codes.ts'
import type { PluginHost } from '../plugins/host.ts'
import type { BlankOptions } from './blank-document.ts'

interface Context {
  db: Kysely<CoreTables>
  host: Pick<PluginHost, 'evidenceKinds' | 'indicators' | 'weightings'>
}

/**
 * What a regulation from scratch names: the first kind of fact, the first weighting that needs no parameters, all positions.
 * Throws `regulation-nothing-to-count` where the running plugins supply none or no position is known.
 */
export async function chooseBlankParts({
  db,
  host,
}: Context): Promise<Pick<BlankOptions, 'indicator' | 'weighting' | 'positions'>> {
  const indicator = host.evidenceKinds()[0]?.indicator ?? host.indicators()[0]?.id
  const weighting = host
    .weightings()
    .find(({ weighting: { needs, params } }) => needs === 'nothing' && params.safeParse({}).success)?.id
  const positions = [...(await readPositionCodes(db))]
  if (indicator === undefined || weighting === undefined || positions.length === 0) {
    throw new UstazError('regulation-nothing-to-count', { status: 409 })
  }
  return { indicator, weighting, positions }
}
