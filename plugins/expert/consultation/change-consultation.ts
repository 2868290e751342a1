import type { RouteRequest } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { Actor, PluginContext } from '@ustaz/core/plugin'
import { emptyAnswer } from '../answer/answer.ts'
import type { changeConsultation as route } from '../contract.ts'
import type { Transaction } from 'kysely'
import type { ExpertTables } from '../tables.ts'
import { inviteExperts, nameExperts, withdrawOthers } from './invite-experts.ts'
import { refuseTimes } from './open-consultation.ts'
import type { ConsultationRow } from './read-consultation.ts'
import { findConsultation } from './read-consultation.ts'
import { recordChange } from './record-change.ts'
import { stateOf } from './state.ts'

type Context = PluginContext<ExpertTables>
type Plan = RouteRequest<typeof route>['body']

/**
 * Changes title, times and experts. Throws `expert.consultation-not-found`, `expert.consultation-closed`,
 * `expert.consultation-revision` (somebody else changed it), `expert.already-open` (its beginning is past), `expert.times-wrong`,
 * `expert.experts-unknown`, `expert.expert-answered` (who answered stays invited), `expert.own-invitation`.
 */
export async function changeConsultation(
  context: Context,
  actor: Actor,
  id: number,
  plan: Plan,
): Promise<void> {
  const experts = await nameExperts(context.accounts, plan.experts)
  const at = context.now()
  await context.db.transaction().execute(async (trx) => {
    const row = await findConsultation(trx, id, 'update')
    refuseClosed(row, at)
    if (row.revision !== plan.revision)
      throw new UstazError('expert.consultation-revision', {
        status: 409,
        params: { revision: row.revision },
      })
    const opensAt = new Date(plan.opensAt)
    if (stateOf(row, at) === 'open' && opensAt.getTime() !== row.opens_at.getTime())
      throw new UstazError('expert.already-open', { status: 409 })
    refuseTimes(plan, at)
    await refuseOwnInvitation(trx, id, actor, plan)
    await trx
      .updateTable('consultation')
      .set({
        title: JSON.stringify(plan.title),
        opens_at: opensAt,
        closes_at: new Date(plan.closesAt),
        revision: row.revision + 1,
      })
      .where('id', '=', id)
      .execute()
    await withdrawOthers(trx, id, experts)
    await inviteExperts(trx, id, experts, emptyAnswer(row.method))
    await recordChange(trx, { consultationId: id, actor, at, action: 'change' })
  })
}

/** Who may see the answers of others neither joins nor leaves the experts by one's own hand. Throws `expert.own-invitation`. */
async function refuseOwnInvitation(
  trx: Transaction<ExpertTables>,
  consultationId: number,
  { accountId }: Actor,
  { experts }: Plan,
): Promise<void> {
  const sheet = await trx
    .selectFrom('sheet')
    .select('account_id')
    .where('consultation_id', '=', consultationId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if ((sheet !== undefined) !== experts.includes(accountId))
    throw new UstazError('expert.own-invitation', { status: 409 })
}

/**
 * Closes it now, for good: experts may see each other's answers from then on. Throws `expert.consultation-not-found`,
 * `expert.consultation-closed`.
 */
export async function closeConsultation({ db, now }: Context, actor: Actor, id: number): Promise<void> {
  const at = now()
  await db.transaction().execute(async (trx) => {
    const row = await findConsultation(trx, id, 'update')
    refuseClosed(row, at)
    const closed = { closed_at: at, revision: row.revision + 1 }
    await trx.updateTable('consultation').set(closed).where('id', '=', id).execute()
    await recordChange(trx, { consultationId: id, actor, at, action: 'close' })
  })
}

function refuseClosed(row: ConsultationRow, now: Date): void {
  if (stateOf(row, now) === 'closed') throw new UstazError('expert.consultation-closed', { status: 409 })
}
