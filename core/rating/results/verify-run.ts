import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import { checkAndHashResults } from '../score/hash-results.ts'
import { hashSnapshot } from '../snapshot/hash-snapshot.ts'

export interface Verification {
  /** As it was written when the run was finished. */
  recorded: string
  /** Over what is stored now; null: a total is not the sum of its lines any more. */
  found: string | null
  snapshot: { recorded: string; found: string }
}

/**
 * Hashes once more what is stored of a finished run, to prove that nothing touched it. It computes no rating: replay does.
 * Throws `run-not-found`, `run-not-done`.
 */
export async function verifyRun(db: Kysely<CoreTables>, runId: number): Promise<Verification> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const run = await findRun(trx, runId)
      const period = {
        from: run.period_from,
        to: run.period_to,
        factsFrom: run.facts_from ?? run.period_from,
        namesHashed: run.names_hashed ?? false,
      }
      const snapshot = await hashSnapshot(trx, run.snapshotId, period)
      return {
        recorded: run.hash,
        found: await hashStored(trx, runId, run),
        snapshot: { recorded: run.snapshotHash, found: snapshot.hash },
      }
    })
}

type StoredRun = Awaited<ReturnType<typeof findRun>>

async function findRun(trx: Transaction<CoreTables>, runId: number) {
  const run = await trx
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .leftJoin('snapshot as s', 's.id', 'run.snapshot_id')
    .select(['run.state', 'run.hash', 'run.weights', 'v.document', 'v.hash as regulationHash'])
    .select(['s.id as snapshotId', 's.hash as snapshotHash', 's.period_from', 's.period_to', 's.facts_from'])
    .select('s.names_hashed')
    .where('run.id', '=', runId)
    .executeTakeFirst()
  if (!run) throw new UstazError('run-not-found', { status: 404 })
  const { state, hash, snapshotId, snapshotHash, period_from, period_to } = run
  if (hash === null || snapshotId === null || snapshotHash === null || !period_from || !period_to) {
    throw new UstazError('run-not-done', { status: 409, params: { state } })
  }
  return { ...run, hash, snapshotId, snapshotHash, period_from, period_to }
}

async function hashStored(
  trx: Transaction<CoreTables>,
  runId: number,
  { document, weights, snapshotId, snapshotHash, regulationHash }: StoredRun,
): Promise<string | null> {
  const stored = weights?.weights ?? {}
  // In the order of the regulation, as the run hashed them.
  const ordered = Object.fromEntries(document.areas.map(({ id }) => [id, stored[id]]))
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(trx)
  try {
    const source = { runId, snapshotId, snapshotHash, regulationHash, weights: ordered }
    return (await checkAndHashResults(trx, source)).hash
  } catch (error) {
    if (error instanceof UstazError && error.code === 'trace-differs') return null
    throw error
  }
}
