import type { Kysely, Transaction } from 'kysely'
import type { z } from 'zod'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { answerAppeal as answerRoute, AppealCorrection } from '../contract/resources/appeals.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import { checkCorrections } from './check-corrections.ts'
import { findObjection } from './independence.ts'
import { openForStep } from './open-appeal.ts'
import { recordChange } from './record-change.ts'
import { tellOfAnswer, tellOfAssignment } from './tell-of-appeal.ts'

type Context = Pick<AppContext, 'db' | 'jobs' | 'config' | 'now'>
interface Step {
  actor: Actor
  id: number
  at: Date
}

/** Takes back the own appeal. Throws what `openForStep` throws. */
export async function withdrawAppeal(
  db: Kysely<CoreTables>,
  { actor, id, at }: Step,
  reason: string | null,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await openForStep(trx, actor, id, 'withdraw')
    await trx.updateTable('appeal').set({ state: 'withdrawn' }).where('id', '=', id).execute()
    await recordChange(trx, { appealId: id, accountId: actor.accountId, at, action: 'withdraw', reason })
  })
}

/** Assigns a reviewer, or another one. Throws what `openForStep` throws, and `reviewer-*` with what speaks against the account. */
export async function assignReviewer(
  context: Context,
  { actor, id, at }: Step,
  reviewerId: number,
): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    const appeal = await openForStep(trx, actor, id, 'assign')
    await refuseDependent(trx, appeal, reviewerId)
    await trx
      .updateTable('appeal')
      .set({ state: 'in-review', reviewer_id: reviewerId })
      .where('id', '=', id)
      .execute()
    const assignment = { accountId: actor.accountId, at, action: 'assign' as const, reviewerId }
    const step = await recordChange(trx, { appealId: id, ...assignment })
    await tellOfAssignment(context, trx, { appealId: id, reviewerId, until: appeal.answer_until, step })
  })
}

/** Asked again when it is answered: the reviewer may have decided about the entry since. */
async function refuseDependent(
  trx: Transaction<CoreTables>,
  appeal: { teacher_id: number; filed_by: number; evidence_id: number | null },
  accountId: number,
): Promise<void> {
  const { teacher_id: teacherId, filed_by: filedBy, evidence_id: evidenceId } = appeal
  const objection = await findObjection(trx, { teacherId, filedBy, evidenceId }, accountId)
  if (objection !== null)
    throw new UstazError(`reviewer-${objection}`, { status: 422, params: { account: accountId } })
}

type Answer = z.output<(typeof answerRoute)['body']>

/**
 * The reviewer's answer, with what is to be corrected where it is upheld. Throws what `openForStep` and `checkCorrections` throw, and
 * `reviewer-*`.
 */
export async function answerAppeal(
  context: Context & Pick<AppContext, 'host'>,
  { actor, id, at }: Step,
  answer: Answer,
): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    const appeal = await openForStep(trx, actor, id, 'answer')
    await refuseDependent(trx, appeal, actor.accountId)
    const { outcome, reason } = answer
    await trx
      .updateTable('appeal')
      .set({ state: outcome, answer: reason, answered_at: at })
      .where('id', '=', id)
      .execute()
    if (outcome === 'upheld') {
      const { document } = await findFinishedRun(trx, appeal.run_id)
      await writeCorrections(trx, id, checkCorrections(context.host, document, answer.corrections))
    }
    const action = outcome === 'upheld' ? 'uphold' : 'reject'
    await recordChange(trx, { appealId: id, accountId: actor.accountId, at, action, reason })
    await tellOfAnswer(context, trx, { id, teacherId: appeal.teacher_id, outcome, reason })
  })
}

async function writeCorrections(
  trx: Transaction<CoreTables>,
  appealId: number,
  corrections: readonly AppealCorrection[],
): Promise<void> {
  const rows = corrections.map((one) => ({
    appeal_id: appealId,
    kind: one.kind,
    reason: one.reason,
    evidence_id: one.kind === 'evidence' ? one.evidenceId : null,
    fact_no: one.kind === 'remove' ? one.factNo : null,
    fact: one.kind === 'add' ? JSON.stringify(one.fact) : null,
  }))
  await trx.insertInto('appeal_correction').values(rows).execute()
}
