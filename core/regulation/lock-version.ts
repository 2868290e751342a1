import type { Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { hasRuns } from '../rating/results/has-runs.ts'

/** The row of a version, locked until the transaction ends. Throws `regulation-not-found`. */
export async function lockVersion(trx: Transaction<CoreTables>, id: number) {
  const version = await trx
    .selectFrom('regulation_version as v')
    .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
    .select(['v.id', 'v.regulation_id', 'r.code', 'v.version', 'v.state', 'v.hash', 'v.revision'])
    .select(['v.document', 'v.source_text'])
    .where('v.id', '=', id)
    .forUpdate('v')
    .executeTakeFirst()
  if (!version) throw new UstazError('regulation-not-found', { status: 404 })
  return version
}

export type LockedVersion = Awaited<ReturnType<typeof lockVersion>>

/**
 * Throws `regulation-version-fixed` (approved, retired) and `regulation-version-used` (a run was computed by it): a
 * different document then needs a new version.
 */
export async function refuseFixed(
  trx: Transaction<CoreTables>,
  { id, code, version, state }: Pick<LockedVersion, 'id' | 'code' | 'version' | 'state'>,
): Promise<void> {
  if (state !== 'draft') {
    throw new UstazError('regulation-version-fixed', { status: 409, params: { code, version, state } })
  }
  if (await hasRuns(trx, id)) {
    throw new UstazError('regulation-version-used', { status: 409, params: { code, version } })
  }
}

/** Throws `regulation-revision` (409) if somebody changed the draft since `revision` was read. */
export function checkRevision(current: { revision: number }, revision: number): void {
  if (current.revision === revision) return
  throw new UstazError('regulation-revision', { status: 409, params: { revision: current.revision } })
}
