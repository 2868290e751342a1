import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import { tryRun } from '../rating/preview/try-run.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import { readRunOrder } from '../rating/run-order.ts'
import type { RatingSources } from '../rating/run-order.ts'
import { hashSnapshot } from '../rating/snapshot/hash-snapshot.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { findDifferences } from './find-differences.ts'
import type { Differences } from './find-differences.ts'

/** What was recorded, and what comes out now. */
export interface Held<T> {
  recorded: T
  found: T
}
export interface Replay {
  runId: number
  /** Everything below is the same: to the last digit, and nothing was changed since. */
  identical: boolean
  /** Of the result as a whole. */
  hash: Held<string>
  /** Of the frozen data, of the regulation document. */
  snapshot: Held<string>
  regulation: Held<string>
  /** Areas that weigh otherwise; null: no weight. */
  weights: ({ area: string } & Held<string | null>)[]
  differences: Differences
  teachers: number
}

/**
 * Computes a finished run once more from its snapshot and its regulation, by the one engine, holds every row of the result
 * against what is recorded, and undoes it. Nothing of the database is changed. Throws `run-not-found`, `run-not-done`,
 * `weighting-missing`, and what the computation throws.
 */
export async function replayRun(
  db: Kysely<CoreTables>,
  sources: RatingSources,
  runId: number,
): Promise<Replay> {
  await findFinishedRun(db, runId)
  const order = await readRunOrder(db, runId, sources)
  const { document, ...version } = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .select([
      'run.regulation_version_id as regulationVersionId',
      'run.requested_by as requestedBy',
      'v.document',
    ])
    .where('run.id', '=', runId)
    .executeTakeFirstOrThrow()
  return await tryRun(
    db,
    async () => await Promise.resolve({ ...order, ...version }),
    async (trx, again) => {
      const recorded = await readResult(trx, runId)
      const found = await readResult(trx, again.id)
      const differences = await findDifferences(trx, {
        recorded: runId,
        found: again.id,
        snapshotId: again.snapshotId,
      })
      const held = {
        hash: { recorded: recorded.hash, found: found.hash },
        snapshot: await holdSnapshot(trx, again.snapshotId),
        regulation: { recorded: order.regulationHash, found: hashDocument(document) },
      }
      const weights = holdWeights(recorded.weights, found.weights)
      const isSame = Object.values(held).every((one) => one.recorded === one.found)
      const identical = isSame && weights.length === 0 && differences.tables.length === 0
      return { runId, identical, ...held, weights, differences, teachers: recorded.teachers }
    },
  )
}

async function readResult(trx: Transaction<CoreTables>, runId: number) {
  const { hash, weights } = await trx
    .selectFrom('run')
    .select(['hash', 'weights'])
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  const { teachers } = await trx
    .selectFrom('run_teacher')
    .select((eb) => eb.fn.countAll<number>().as('teachers'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  if (hash === null) throw new UstazError('run-not-done', { status: 409, params: { state: 'running' } })
  return { hash, weights: weights?.weights ?? {}, teachers }
}

/** The hash of the frozen data as they are now: they may have been altered where no trigger held. */
async function holdSnapshot(trx: Transaction<CoreTables>, id: number): Promise<Held<string>> {
  const snapshot = await trx
    .selectFrom('snapshot')
    .select(['hash', 'period_from', 'period_to', 'facts_from', 'names_hashed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { period_from: from, period_to: to, facts_from: factsFrom } = snapshot
  const { hash } = await hashSnapshot(trx, id, {
    from,
    to,
    factsFrom: factsFrom ?? from,
    namesHashed: snapshot.names_hashed,
  })
  return { recorded: snapshot.hash, found: hash }
}

function holdWeights(recorded: Record<string, string>, found: Record<string, string>): Replay['weights'] {
  const areas = [...new Set([...Object.keys(found), ...Object.keys(recorded)])]
  return areas
    .map((area) => ({ area, recorded: recorded[area] ?? null, found: found[area] ?? null }))
    .filter((weight) => weight.recorded !== weight.found)
}
