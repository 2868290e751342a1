import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Weighting } from '../plugin/weighting.ts'
import type { FindFunction } from './compile/functions.ts'
import { planRating } from './compile/plan.ts'
import { reachOf, refuseTooShort } from './compile/window.ts'
import { hashDocument } from './document/canonical-json.ts'
import { documentAsOf } from './document/document-as-of.ts'
import { attachRows } from './frozen-rows.ts'
import { judgeTeachers } from './judge/judge-teachers.ts'
import { checkRequirements } from './judge/requirements.ts'
import { nameUnknownValues } from './judge/unknown-values.ts'
import { lockRun } from './run-lock.ts'
import { checkAndHashResults } from './score/hash-results.ts'
import { matchFacts } from './score/match-facts.ts'
import { sumAreas } from './score/sum-areas.ts'
import { sumCriteria } from './score/sum-criteria.ts'
import { totalTeachers } from './score/total-teachers.ts'
import { weighTeachers } from './score/weigh-teachers.ts'
import { correctSnapshot } from './snapshot/correct-snapshot.ts'
import type { Correction } from './snapshot/correction.ts'
import type { FactSource } from './snapshot/fact-source.ts'
import { freezeSnapshot } from './snapshot/take-snapshot.ts'
import { writeAreas } from './write/write-areas.ts'
import { writeLines } from './write/write-lines.ts'
import { writeTeachers } from './write/write-teachers.ts'
import { writeUnits } from './write/write-units.ts'

/** The stages of a run in their order, with the part of the whole work done when each begins. */
export const stages = {
  snapshot: 0,
  points: 0.5,
  weights: 0.65,
  lines: 0.7,
  ranks: 0.85,
  check: 0.9,
} as const
export type Stage = keyof typeof stages

export interface RunOrder {
  runId: number
  document: RegulationDocument
  /** Of the document as it is stored, amendments included. */
  regulationHash: string
  period: { from: string; to: string }
  /** Amendments that became known later are left out; null: none is. */
  knownAt: string | null
  /** Rate this snapshot again; null: freeze a new one. */
  snapshotId: number | null
  /** Where none is rated again: freeze a new one that is this one, corrected; null or absent: freeze what is there today. */
  corrects?: { snapshotId: number; corrections: readonly Correction[] } | null
  sources: readonly FactSource[]
  weighting: Weighting
  findFunction: FindFunction
  /** Called when a stage begins; must not use the run's transaction. */
  onStage(stage: Stage): Promise<void>
  /** What is done in the transaction in which the run becomes finished; absent: nothing. */
  onFinish?(trx: Transaction<CoreTables>): Promise<void>
}

export interface RunOutcome {
  snapshotId: number
  hash: string
  teachers: number
  facts: number
  lines: number
}

/**
 * Computes a whole run in one transaction: after a crash or an error nothing of it is there.
 * Throws `run-busy` while another worker computes the same run.
 */
export async function executeRun(db: Kysely<CoreTables>, order: RunOrder): Promise<RunOutcome> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      if (!(await lockRun(trx, order.runId))) {
        throw new UstazError('run-busy', { status: 409, params: { run: order.runId } })
      }
      return await computeRun(trx, order)
    })
}

/**
 * The computation inside a transaction of the caller: preview, official run and replay are all this. What is computed and hashed is
 * the document with the amendments that hold for the period.
 */
export async function computeRun(trx: Transaction<CoreTables>, order: RunOrder): Promise<RunOutcome> {
  await prepare(trx, order.runId)
  const { runId } = order
  const document = documentAsOf(order.document, { periodTo: order.period.to, knownAt: order.knownAt })
  const regulationHash = document === order.document ? order.regulationHash : hashDocument(document)
  await order.onStage('snapshot')
  const snapshot = await freezeOrFind(trx, { ...order, document })
  const plan = planRating(
    document,
    {
      ...order.period,
      snapshotId: snapshot.id,
      factsFrom: snapshot.factsFrom,
    },
    order.findFunction,
  )
  await order.onStage('points')
  await matchFacts(trx, plan)
  await sumCriteria(trx, plan)
  await sumAreas(trx, plan)
  await order.onStage('weights')
  const weighing = await weighTeachers(trx, { ...plan, weighting: order.weighting })
  const { weights, how } = weighing
  const source = { runId, snapshotId: snapshot.id, document, plan, ...weighing }
  await writeAreas(trx, source)
  await totalTeachers(trx, source)
  await nameUnknownValues(trx, plan)
  await judgeTeachers(trx, source)
  await checkRequirements(trx, source)
  await order.onStage('lines')
  await writeLines(trx, source)
  await order.onStage('ranks')
  await writeTeachers(trx, source)
  await writeUnits(trx, source)
  await order.onStage('check')
  const { hash, lines } = await checkAndHashResults(trx, {
    runId,
    snapshotId: snapshot.id,
    snapshotHash: snapshot.hash,
    regulationHash,
    weights,
  })
  if (order.snapshotId === null) await attachRows(trx, 'snapshot_fact', snapshot.id)
  await attachRows(trx, 'run_line', runId)
  await finish(trx, { runId, snapshotId: snapshot.id, hash, weights: { weights, how } })
  await order.onFinish?.(trx)
  return { snapshotId: snapshot.id, hash, teachers: snapshot.teachers, facts: snapshot.facts, lines }
}

/**
 * Settings that hold for this transaction only. The server notices within 2 s when this process is gone. Rows written by
 * this transaction have no statistics yet, so joins of whole runs are kept from nested loops (one took 9 minutes).
 */
async function prepare(trx: Transaction<CoreTables>, runId: number): Promise<void> {
  await sql`select set_config('statement_timeout', '0', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true),
    set_config('work_mem', '256MB', true), set_config('default_statistics_target', '10', true),
    set_config('client_connection_check_interval', '2s', true),
    set_config('idle_in_transaction_session_timeout', '0', true),
    set_config('search_path', 'core, public', true), set_config('application_name', ${`ustaz run ${runId}`}, true)`.execute(
    trx,
  )
}

/** Freezes as far back as the document reaches, or takes the given snapshot. Throws `snapshot-too-short`. */
async function freezeOrFind(trx: Transaction<CoreTables>, { document, period, ...order }: RunOrder) {
  const needed = reachOf(document, period)
  if (order.snapshotId === null && order.corrects) {
    const base = await findSnapshot(trx, order.corrects.snapshotId)
    const reach = { ...period, id: base.id, factsFrom: base.facts_from ?? base.period_from }
    return await correctSnapshot(trx, reach, order.corrects.corrections, order.sources)
  }
  if (order.snapshotId === null) {
    return { ...(await freezeSnapshot(trx, period, order.sources, needed)), factsFrom: needed }
  }
  const snapshot = await findSnapshot(trx, order.snapshotId)
  const factsFrom = snapshot.facts_from ?? snapshot.period_from
  refuseTooShort(factsFrom, needed)
  return { ...snapshot, factsFrom }
}

async function findSnapshot(trx: Transaction<CoreTables>, id: number) {
  return await trx
    .selectFrom('snapshot')
    .select(['id', 'hash', 'teachers', 'facts', 'period_from', 'facts_from'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

async function finish(
  trx: Transaction<CoreTables>,
  run: { runId: number; snapshotId: number; hash: string; weights: unknown },
): Promise<void> {
  await trx
    .updateTable('run')
    .set({
      state: 'done',
      snapshot_id: run.snapshotId,
      hash: run.hash,
      weights: JSON.stringify(run.weights),
      finished_at: new Date(),
    })
    .where('id', '=', run.runId)
    .execute()
}
