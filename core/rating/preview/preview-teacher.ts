import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import type { FindFunction } from '../compile/functions.ts'
import { reachOf } from '../compile/window.ts'
import { documentAsOf } from '../document/document-as-of.ts'
import type { FinishedRun } from '../results/find-run.ts'
import { readTeacherResult } from '../results/teacher-result.ts'
import type { TeacherResult } from '../results/teacher-result.ts'
import type { FactSource } from '../snapshot/fact-source.ts'
import { restrictSnapshot } from '../snapshot/restrict-snapshot.ts'
import { takeSnapshot } from '../snapshot/take-snapshot.ts'
import { dependsOnOthers } from './depends-on-others.ts'
import { tryRun } from './try-run.ts'

export interface PreviewOrder {
  document: RegulationDocument
  regulationVersionId: number
  requestedBy: number
  teacherId: number
  /** null: the snapshot of the newest official run of `period`, or of any period, that has the teacher. */
  snapshotId: number | null
  period: Period | null
  sources: readonly FactSource[]
  weighting: Weighting
  findFunction: FindFunction
}

export interface Preview<Names> {
  result: TeacherResult
  /** What `readNames` read of the run before it was undone. */
  names: Names
  period: Period
  /** The newest official run on the same period; null: there is none to compare with. */
  officialRunId: number | null
  /** Ids of clauses that made it necessary to compute everybody; empty: only the teacher was computed, so there is no place. */
  dependsOn: string[]
}

/**
 * What a document, stored or not, gives one teacher, computed by the engine of official runs and undone at once. Throws
 * `preview-no-period` (no official run has the teacher, and no period is said), `snapshot-not-found`, `result-not-found`
 * (the teacher is not frozen in it).
 */
export async function previewTeacher<Names>(
  db: Kysely<CoreTables>,
  order: PreviewOrder,
  readNames: (trx: Transaction<CoreTables>, run: FinishedRun) => Promise<Names>,
): Promise<Preview<Names>> {
  const base = await findBase(db, order)
  const dependsOn = dependsOnOthers(order.document, order.weighting)
  const alone = dependsOn.length === 0
  return await tryRun(
    db,
    async (trx) => {
      const whole = await freezeOrFind(trx, order, base)
      const snapshotId = alone ? await restrictSnapshot(trx, whole, order.teacherId) : whole
      return { ...order, regulationHash: '', period: base.period, knownAt: null, snapshotId }
    },
    async (trx, run) => {
      const everything = { all: true, unitIds: [], teacherId: null }
      const result = await readTeacherResult(trx, run, order.teacherId, everything)
      const { period, officialRunId } = base
      const names = await readNames(trx, run)
      return { result: alone ? withoutOthers(result) : result, names, period, officialRunId, dependsOn }
    },
  )
}

/** Without the others there is neither a place nor a league to compare with. */
function withoutOthers(answer: TeacherResult): TeacherResult {
  return {
    ...answer,
    result: { ...answer.result, place: null },
    leagueSize: null,
    leagueMedian: null,
  }
}

/** The snapshot of the official run, or one that reaches back as far as the document where that does not. Answers its id. */
async function freezeOrFind(trx: Transaction<CoreTables>, order: PreviewOrder, base: Base): Promise<number> {
  const document = documentAsOf(order.document, { periodTo: base.period.to, knownAt: null })
  const reach = reachOf(document, base.period)
  const isAsked = order.snapshotId !== null
  if (base.snapshotId !== null && (isAsked || (await reachesBack(trx, base.snapshotId, reach)))) {
    return base.snapshotId
  }
  return (await takeSnapshot(trx, base.period, order.sources, reach)).id
}

async function reachesBack(trx: Transaction<CoreTables>, snapshotId: number, day: string): Promise<boolean> {
  const { facts_from, period_from } = await trx
    .selectFrom('snapshot')
    .select(['facts_from', 'period_from'])
    .where('id', '=', snapshotId)
    .executeTakeFirstOrThrow()
  return (facts_from ?? period_from) <= day
}

interface Base {
  /** null: nothing is frozen of the period yet. */
  snapshotId: number | null
  period: Period
  officialRunId: number | null
}

async function findBase(db: Kysely<CoreTables>, order: PreviewOrder): Promise<Base> {
  const period = order.snapshotId === null ? order.period : await periodOf(db, order.snapshotId)
  const official = await findOfficial(db, order.teacherId, period)
  if (!period && !official) throw new UstazError('preview-no-period', { status: 422 })
  return {
    snapshotId: order.snapshotId ?? official?.snapshotId ?? null,
    period: period ?? official!.period,
    officialRunId: official?.runId ?? null,
  }
}

async function periodOf(db: Kysely<CoreTables>, snapshotId: number): Promise<Period> {
  const snapshot = await db
    .selectFrom('snapshot')
    .select(['period_from as from', 'period_to as to'])
    .where('id', '=', snapshotId)
    .executeTakeFirst()
  if (!snapshot) throw new UstazError('snapshot-not-found', { status: 404 })
  return snapshot
}

/** The newest official run, of the period if one is said, that rated the teacher; null: there is none. */
async function findOfficial(
  db: Kysely<CoreTables>,
  teacherId: number,
  period: Period | null,
): Promise<{ runId: number; snapshotId: number; period: Period } | null> {
  const ofPeriod = period
    ? sql`r.period_from = ${period.from}::date and r.period_to = ${period.to}::date`
    : sql`true`
  const { rows } = await sql<{ runId: number; snapshotId: number; from: string; to: string }>`
    select r.id as "runId", r.snapshot_id as "snapshotId", r.period_from as "from", r.period_to as "to"
    from core.run r
    where r.purpose = 'official' and r.state = 'done' and ${ofPeriod}
      and exists (select from core.run_teacher t where t.run_id = r.id and t.teacher_id = ${teacherId})
    order by r.period_to desc, r.finished_at desc, r.id desc limit 1`.execute(db)
  const [found] = rows
  return found
    ? { runId: found.runId, snapshotId: found.snapshotId, period: { from: found.from, to: found.to } }
    : null
}
