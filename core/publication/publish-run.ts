import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { appealsOf } from '../contract/regulation/appeals.ts'
import type { AppealTerms } from '../contract/resources/publication.ts'
import type { CoreTables } from '../database/tables.ts'
import { verifyRun } from '../rating/results/verify-run.ts'
import { daysAfter, dayOf } from './appeal-days.ts'
import { readOpen } from './read-open.ts'
import { readCurrent, readOthers } from './read-publication.ts'
import type { Current } from './read-publication.ts'
import { tellOfPublication } from './tell-of-publication.ts'

export interface PublishOrder {
  state: 'preliminary' | 'final'
  note: string
  replaces: number | null
  /** Days of appeals where the regulation names none; null: none may be filed. */
  terms: AppealTerms | null
  /** false: it carries out appeals, and changed what they do not explain (core/appeals says so). */
  isExplained: boolean
  /** Why it is published all the same, as a sentence of the note. */
  unexplained: string | null
  accountId: number
  at: Date
}

/**
 * Publishes an official run whose hash is found again, and tells those who can see their result by it. Lines are added, none is
 * changed. Throws `run-not-found`, `run-not-done`,
 * `publication-trial`, `publication-unverified`, `publication-again`, `publication-other` (another run of the period is published
 * and not replaced by this one), `publication-terms` (the regulation names the days itself), and for a final publication `publication-appeals-running`,
 * `publication-preliminary-first`; where an appeal is open or an upheld one not carried out: `publication-appeals-open`, `publication-upheld-open`;
 * where a correction changed what no appeal explains and no reason is given: `publication-unexplained`.
 */
export async function publishRun(
  context: Pick<AppContext, 'db' | 'jobs' | 'config' | 'now'>,
  runId: number,
  order: PublishOrder,
): Promise<void> {
  const { db } = context
  const { recorded, found, snapshot } = await verifyRun(db, runId)
  if (recorded !== found || snapshot.recorded !== snapshot.found) {
    throw new UstazError('publication-unverified', { status: 409, params: { run: runId } })
  }
  const { isExplained } = order
  if (!isExplained && order.unexplained === null)
    throw new UstazError('publication-unexplained', { status: 409, params: { run: runId } })
  const note = isExplained ? order.note : `${order.note}\n${order.unexplained}`
  await db.transaction().execute(async (trx) => {
    const run = await lockRegulation(trx, runId)
    if (run.purpose !== 'official') throw new UstazError('publication-trial', { status: 422 })
    const current = await readCurrent(trx, runId)
    checkAgain(current, order)
    await checkOthers(trx, runId, order)
    const terms = termsOf(run, order)
    if (order.state === 'final') await checkFinal(trx, { current, order, hasTerms: terms !== null })
    if (order.state === 'final') await refuseOpen(trx, runId, runId)
    if (order.replaces !== null) await replace(trx, { runId, replaced: order.replaces, order })
    const until = order.state === 'preliminary' && terms ? daysAfter(dayOf(order.at), terms.days) : null
    await addLine(trx, {
      run_id: runId,
      state: order.state,
      note,
      account_id: order.accountId,
      happened_at: order.at,
      run_hash: recorded,
      appeals_until: until,
      answer_days: until === null ? null : terms!.answerDays,
    })
    await tellOfPublication(context, trx, runId)
  })
}

/** Withdraws a published run; what was published stays on record. Throws `run-not-found`, `publication-not-published`. */
export async function withdrawRun(
  db: Kysely<CoreTables>,
  runId: number,
  { reason, accountId, at }: { reason: string; accountId: number; at: Date },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockRegulation(trx, runId)
    const current = await readCurrent(trx, runId)
    if (!current || current.state === 'withdrawn')
      throw new UstazError('publication-not-published', { status: 409 })
    await addLine(trx, {
      run_id: runId,
      state: 'withdrawn',
      note: reason,
      account_id: accountId,
      happened_at: at,
      run_hash: current.runHash,
    })
  })
}

/** One publication of a regulation at a time: what others of the same period are is looked at under this lock. */
async function lockRegulation(trx: Transaction<CoreTables>, runId: number) {
  const { rows } = await sql<{
    purpose: string
    document: Parameters<typeof appealsOf>[0]
  }>`select run.purpose, v.document from core.run
    join core.regulation_version v on v.id = run.regulation_version_id
    join core.regulation r on r.id = v.regulation_id
    where run.id = ${runId} for update of r`.execute(trx)
  if (!rows[0]) throw new UstazError('run-not-found', { status: 404 })
  return rows[0]
}

function checkAgain(current: Current | null, { state }: PublishOrder): void {
  const isAgain = current?.state === state || (current?.state === 'final' && state === 'preliminary')
  if (isAgain) throw new UstazError('publication-again', { status: 409, params: { state: current.state } })
}

async function checkOthers(
  trx: Transaction<CoreTables>,
  runId: number,
  { replaces }: PublishOrder,
): Promise<void> {
  const others = await readOthers(trx, runId)
  const left = others.filter((other) => other.runId !== replaces)
  const isThere = replaces === null || others.length > left.length
  if (left.length === 0 && isThere) return
  const run = left[0]?.runId ?? replaces
  throw new UstazError(left.length > 0 ? 'publication-other' : 'publication-replaces-nothing', {
    status: 409,
    params: { run },
  })
}

/** Throws where the regulation and the order both name the days. */
function termsOf(
  { document }: { document: Parameters<typeof appealsOf>[0] },
  order: PublishOrder,
): AppealTerms | null {
  const rules = appealsOf(document)
  if (rules && order.terms)
    throw new UstazError('publication-terms', { status: 422, params: { clause: rules.id } })
  return rules ?? order.terms
}

/**
 * No appeal may be filed any more: neither against the run itself nor against the one it replaces. Where appeals are provided for, the run was
 * preliminary before, or takes the place of one that was.
 */
async function checkFinal(
  trx: Transaction<CoreTables>,
  { current, order, hasTerms }: { current: Current | null; order: PublishOrder; hasTerms: boolean },
): Promise<void> {
  const before = order.replaces === null ? current : await readCurrent(trx, order.replaces)
  const isFirst = before === null || before.state === 'withdrawn'
  if (isFirst && hasTerms) throw new UstazError('publication-preliminary-first', { status: 409 })
  if (before?.appealsUntil && dayOf(order.at) <= before.appealsUntil) {
    throw new UstazError('publication-appeals-running', { status: 409, params: { day: before.appealsUntil } })
  }
}

/** Throws while an appeal against a run is not answered, or upheld and not carried out by `by`. */
async function refuseOpen(trx: Transaction<CoreTables>, runId: number, by: number): Promise<void> {
  const { appeals, upheld } = await readOpen(trx, runId, by)
  if (appeals > 0)
    throw new UstazError('publication-appeals-open', { status: 409, params: { count: appeals } })
  if (upheld > 0) throw new UstazError('publication-upheld-open', { status: 409, params: { count: upheld } })
}

async function replace(
  trx: Transaction<CoreTables>,
  { runId, replaced, order }: { runId: number; replaced: number; order: PublishOrder },
): Promise<void> {
  await refuseOpen(trx, replaced, runId)
  const current = await readCurrent(trx, replaced)
  await addLine(trx, {
    run_id: replaced,
    state: 'replaced',
    note: order.note,
    account_id: order.accountId,
    happened_at: order.at,
    run_hash: current!.runHash,
    replaced_by: runId,
  })
}

type Line = Parameters<ReturnType<typeof insertInto>['values']>[0]
const insertInto = (trx: Transaction<CoreTables>) => trx.insertInto('publication')

async function addLine(trx: Transaction<CoreTables>, line: Line): Promise<void> {
  await insertInto(trx).values(line).execute()
}
