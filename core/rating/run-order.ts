import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { readCorrectionsOfRun } from './corrections-of-run.ts'
import type { FindFunction } from './compile/functions.ts'
import { storedDocument } from './document/stored-document.ts'
import type { RunOrder } from './execute-run.ts'
import type { FactSource } from './snapshot/fact-source.ts'

/** What the computation needs to know of the installed plugins. */
export interface RatingSources {
  factSources(): readonly FactSource[]
  /** null: no enabled plugin supplies it. */
  weighting(id: string): Weighting | null
  pointsFunction: FindFunction
}

/**
 * What is to be computed for a recorded run: the same for whoever computes it, first or again. Throws `run-not-found`, and
 * `weighting-missing` where no plugin supplies the regulation's weighting.
 */
export async function readRunOrder(
  db: Kysely<CoreTables>,
  runId: number,
  sources: RatingSources,
): Promise<Omit<RunOrder, 'onStage'>> {
  const run = await db
    .selectFrom('run')
    .innerJoin('regulation_version as v', 'v.id', 'run.regulation_version_id')
    .select([
      'run.id',
      'run.snapshot_id',
      'run.period_from',
      'run.period_to',
      'run.known_at',
      'v.document',
      'v.hash',
    ])
    .where('run.id', '=', runId)
    .executeTakeFirst()
  if (!run) throw new UstazError('run-not-found', { status: 404 })
  const document = storedDocument(run.document)
  const weighting = sources.weighting(document.weighting.id)
  if (!weighting) {
    throw new UstazError('weighting-missing', { status: 422, params: { weighting: document.weighting.id } })
  }
  return {
    runId: run.id,
    document,
    regulationHash: run.hash,
    period: { from: run.period_from, to: run.period_to },
    knownAt: run.known_at,
    snapshotId: run.snapshot_id,
    corrects: run.snapshot_id === null ? await readCorrectionsOfRun(db, runId) : null,
    sources: sources.factSources(),
    weighting,
    findFunction: sources.pointsFunction,
  }
}
