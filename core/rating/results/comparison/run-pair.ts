import type { Kysely } from 'kysely'
import type { CoreTables } from '../../../database/tables.ts'
import { refuseUnseen } from '../seen-runs.ts'
import { findFinishedRun } from '../find-run.ts'
import type { FinishedRun } from '../find-run.ts'
import type { ResultScope } from '../scope.ts'

/** Two finished runs, the one that is looked at and the one it is held against. */
export interface RunPair {
  before: FinishedRun
  after: FinishedRun
}

/** Throws `run-not-found` (404), or `run-not-done` (409) while either has no results. */
export async function findRunPair(
  db: Kysely<CoreTables>,
  { id, other }: { id: number; other: number },
): Promise<RunPair> {
  return { after: await findFinishedRun(db, id), before: await findFinishedRun(db, other) }
}

/** The same for somebody who reads results. Throws also `run-withheld`, `run-unpublished` (403). */
export async function findReadablePair(
  db: Kysely<CoreTables>,
  runs: { id: number; other: number },
  scope: ResultScope,
): Promise<RunPair> {
  const pair = await findRunPair(db, runs)
  for (const id of [runs.id, runs.other]) await refuseUnseen(db, id, scope)
  return pair
}
