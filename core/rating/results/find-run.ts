import type { Kysely } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { refuseUnseen } from './seen-runs.ts'
import { storedDocument } from '../document/stored-document.ts'
import type { ResultScope } from './scope.ts'

/** A finished run with what is needed to read its results. */
export interface FinishedRun {
  id: number
  snapshotId: number
  document: RegulationDocument
}

/** Throws `run-not-found` (404), or `run-not-done` (409) while there are no results. */
export async function findFinishedRun(db: Kysely<CoreTables>, id: number): Promise<FinishedRun> {
  const run = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .select(['run.id', 'run.state', 'run.snapshot_id', 'v.document'])
    .where('run.id', '=', id)
    .executeTakeFirst()
  if (!run) throw new UstazError('run-not-found', { status: 404 })
  if (run.state !== 'done' || run.snapshot_id === null) {
    throw new UstazError('run-not-done', { status: 409, params: { state: run.state } })
  }
  return { id: run.id, snapshotId: run.snapshot_id, document: storedDocument(run.document) }
}

/** The same for somebody who reads results. Throws also `run-withheld`, `run-unpublished` (403) for whoever may not read all. */
export async function findReadableRun(
  db: Kysely<CoreTables>,
  id: number,
  scope: ResultScope,
): Promise<FinishedRun> {
  const run = await findFinishedRun(db, id)
  await refuseUnseen(db, id, scope)
  return run
}
