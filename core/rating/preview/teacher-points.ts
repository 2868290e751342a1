import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import type { FindFunction } from '../compile/functions.ts'
import { reachOf, windowDays } from '../compile/window.ts'
import { documentAsOf } from '../document/document-as-of.ts'
import { attachRows, frozenRows } from '../frozen-rows.ts'
import type { FinishedRun } from '../results/find-run.ts'
import { readTeacherResult } from '../results/teacher-result.ts'
import type { TeacherResult } from '../results/teacher-result.ts'
import type { FactSource } from '../snapshot/fact-source.ts'
import { freezeSnapshot } from '../snapshot/take-snapshot.ts'
import { dependsOnOthers } from './depends-on-others.ts'
import { withTheLed } from './led-by.ts'
import { codeOfTeacher, multiplySnapshot, variantId } from './multiply-snapshot.ts'
import type { Variant } from './multiply-snapshot.ts'
import { readEffects, readKnownTotal } from './read-effects.ts'
import type { Effect } from './read-effects.ts'
import { readRoom } from './read-room.ts'
import type { Room } from './read-room.ts'
import { supposeFact } from './suppose-fact.ts'
import type { ValueKinds } from './suppose-fact.ts'
import { tryRun } from './try-run.ts'

export interface PointsOrder {
  document: RegulationDocument
  regulationVersionId: number
  requestedBy: number
  teacherId: number
  period: Period
  /** Entries that are not approved yet, each of which is tried by itself. */
  open: readonly number[]
  /** Further ones, which count only among everything entered. */
  rest: readonly number[]
  /** Whether it is asked what one more of each criterion would give. */
  suppose: boolean
  sources: readonly FactSource[]
  weighting: Weighting
  findFunction: FindFunction
  /** null: no plugin that runs supplies the indicator, or nobody enters its facts. */
  kindsOf(indicator: string): ValueKinds | null
}

/** What one more by a criterion would give, over what is approved; null: the engine did not count what was supposed, the total waits, or nobody enters such facts. */
export interface Offer {
  clause: string
  least: Effect | null
  most: Effect | null
}

export interface TeacherPoints<Names> {
  /** Of what is approved. */
  approved: TeacherResult
  /** As if everything entered were approved. */
  entered: TeacherResult
  /** Sums of the lines of both, also where the total waits (for the plan of the year, say); null: a norm is missing. */
  known: { approved: string | null; entered: string | null }
  /** What each open entry would change over what is approved; empty where the total depends on others. */
  entries: (Effect & { evidenceId: number })[]
  offers: Offer[]
  room: Room
  names: Names
  /** Ids of clauses for whose sake others were computed too; then neither entries nor offers were tried. */
  dependsOn: string[]
  /** First day whose facts can count. */
  factsFrom: string
}

export type ReadNames<Names> = (trx: Transaction<CoreTables>, run: FinishedRun) => Promise<Names>

/**
 * What a teacher has now by a document, computed by the engine of official runs and undone at once: nothing is stored, nothing is
 * worked out a second time. Where nobody's total depends on others, all states of affairs are computed as one run; else what is
 * approved and what is entered are two runs, over those the document needs. Throws `result-not-found` (404) where the teacher held no
 * post in the period or is none of those the document rates.
 */
export async function previewPoints<Names>(
  db: Kysely<CoreTables>,
  order: PointsOrder,
  readNames: ReadNames<Names>,
): Promise<TeacherPoints<Names>> {
  const document = documentAsOf(order.document, { periodTo: order.period.to, knownAt: null })
  const whole = { ...order, document, factsFrom: reachOf(document, order.period) }
  const dependsOn = dependsOnOthers(document, order.weighting)
  return dependsOn.length === 0
    ? await computeAlone(db, whole, readNames)
    : await computeWithOthers(db, { ...whole, dependsOn }, readNames)
}

/** First and last day whose facts can count by a document. */
export function daysCounted(document: RegulationDocument, period: Period): Period {
  return {
    from: reachOf(documentAsOf(document, { periodTo: period.to, knownAt: null }), period),
    to: period.to,
  }
}

type Whole = PointsOrder & { factsFrom: string }

async function computeAlone<Names>(
  db: Kysely<CoreTables>,
  order: Whole,
  readNames: ReadNames<Names>,
): Promise<TeacherPoints<Names>> {
  const supposed = order.suppose ? supposeFacts(order) : []
  const firstSupposed = 2 + order.open.length
  const entered = [...order.open, ...order.rest]
  return await tryRun(
    db,
    async (trx) => {
      const narrow = { teacherIds: [order.teacherId], alsoEvidence: entered }
      const { id } = await freezeSnapshot(trx, order.period, order.sources, order.factsFrom, narrow)
      const approved = await approvedAmong(trx, id, entered)
      const variants: Variant[] = [
        { evidence: approved, supposed: null },
        { evidence: [...approved, ...entered], supposed: null },
        ...order.open.map((one) => ({ evidence: [...approved, one], supposed: null })),
        ...supposed.map(({ fact }) => ({ evidence: approved, supposed: fact })),
      ]
      return trial(order, await multiplySnapshot(trx, id, variants))
    },
    async (trx, run) => {
      await attachRows(trx, 'snapshot_fact', run.snapshotId)
      const effects = await readEffects(trx, run, variantId(0), [
        ...order.open.map((evidenceId, index) => ({ id: variantId(2 + index), evidenceId })),
        ...supposed.map((_, index) => ({ id: variantId(firstSupposed + index), evidenceId: null })),
      ])
      const effect = (index: number) => effects.get(variantId(index))!
      const result = async (index: number) => await resultOfVariant(trx, run, index, order.teacherId)
      return {
        approved: await result(0),
        entered: await result(1),
        known: {
          approved: await readKnownTotal(trx, variantId(0)),
          entered: await readKnownTotal(trx, variantId(1)),
        },
        entries: order.open.map((evidenceId, index) => ({ ...effect(2 + index), evidenceId })),
        offers: gatherOffers(supposed, (index) => effect(firstSupposed + index)),
        room: await readRoom(trx, run, { approved: variantId(0), entered: variantId(1) }),
        names: await readNames(trx, run),
        dependsOn: [],
        factsFrom: order.factsFrom,
      }
    },
  )
}

function trial(order: Whole, snapshotId: number) {
  return { ...order, regulationHash: '', knownAt: null, snapshotId }
}

async function approvedAmong(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  open: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct evidence_id as id from ${frozenRows('snapshot_fact', snapshotId)}
    where evidence_id is not null and evidence_id <> all(${[...open]}::bigint[])`.execute(trx)
  return rows.map(({ id }) => id)
}

/** The result of a variant as the teacher's own; among the variants there is neither a place nor a league. */
async function resultOfVariant(
  trx: Transaction<CoreTables>,
  run: FinishedRun,
  index: number,
  teacherId: number,
): Promise<TeacherResult> {
  const everything = { all: true, unitIds: [], teacherId: null }
  const found = await readTeacherResult(trx, run, variantId(index), everything)
  const code = codeOfTeacher(found.result.code)
  return withoutPlace({ ...found, result: { ...found.result, teacherId, code } })
}

function withoutPlace(answer: TeacherResult): TeacherResult {
  return { ...answer, result: { ...answer.result, place: null }, leagueSize: null, leagueMedian: null }
}

interface Supposition {
  clause: string
  measure: 'least' | 'most'
  fact: NonNullable<Variant['supposed']>
}

/** For each criterion about the teacher's own facts one that gives least and, if it differs, one that gives most. */
function supposeFacts({ document, period, kindsOf }: Whole): Supposition[] {
  return document.criteria.flatMap((criterion): Supposition[] => {
    const kinds = kindsOf(criterion.indicator)
    if (criterion.whose !== 'own' || !kinds) return []
    const day = windowDays(criterion.window, period).to
    const [least, most] = (['least', 'most'] as const).map((measure) => ({
      clause: criterion.id,
      measure,
      fact: supposeFact(criterion, document, kinds, { day, measure }),
    }))
    return JSON.stringify(least!.fact) === JSON.stringify(most!.fact) ? [least!] : [least!, most!]
  })
}

function gatherOffers(supposed: readonly Supposition[], effectAt: (index: number) => Effect): Offer[] {
  const offers = new Map<string, Offer>()
  supposed.forEach(({ clause, measure }, index) => {
    const effect = effectAt(index)
    const counted = effect.lines.some((line) => line.kind === 'points' && line.clause === clause)
    const found = offers.get(clause) ?? { clause, least: null, most: null }
    offers.set(clause, { ...found, [measure]: counted ? effect : null })
  })
  return [...offers.values()]
}

async function computeWithOthers<Names>(
  db: Kysely<CoreTables>,
  order: Whole & { dependsOn: string[] },
  readNames: ReadNames<Names>,
): Promise<TeacherPoints<Names>> {
  const teacherIds = dependsOnLeague(order) ? null : await withTheLed(db, order.teacherId, order.period)
  const compute = async <T>(alsoEvidence: readonly number[], read: ReadNames<T>) =>
    await tryRun(
      db,
      async (trx) => {
        const narrow = { teacherIds, alsoEvidence }
        const { id } = await freezeSnapshot(trx, order.period, order.sources, order.factsFrom, narrow)
        return trial(order, id)
      },
      async (trx, run) => {
        await attachRows(trx, 'snapshot_fact', run.snapshotId)
        return await read(trx, run)
      },
    )
  const everything = { all: true, unitIds: [], teacherId: null }
  const resultOf: ReadNames<{ result: TeacherResult; known: string | null }> = async (trx, run) => ({
    result: withoutPlace(await readTeacherResult(trx, run, order.teacherId, everything)),
    known: await readKnownTotal(trx, order.teacherId),
  })
  const entered = await compute([...order.open, ...order.rest], resultOf)
  const { teacherId } = order
  return await compute([], async (trx, run) => {
    const approved = await resultOf(trx, run)
    return {
      approved: approved.result,
      entered: entered.result,
      known: { approved: approved.known, entered: entered.known },
      entries: [],
      offers: [],
      room: await readRoom(trx, run, { approved: teacherId, entered: teacherId }),
      names: await readNames(trx, run),
      dependsOn: order.dependsOn,
      factsFrom: order.factsFrom,
    }
  })
}

/** Whether others count beyond those whom the teacher leads. */
function dependsOnLeague({ document, weighting }: Whole): boolean {
  const withoutStaff = {
    ...document,
    criteria: document.criteria.filter(({ whose }) => whose === 'own'),
    rollUps: [],
  }
  return dependsOnOthers(withoutStaff, weighting).length > 0
}
