import type { RouteRequest } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { Actor, PluginContext } from '@ustaz/core/plugin'
import { emptyAnswer } from '../answer/answer.ts'
import type { openConsultation as route } from '../contract.ts'
import { maxAreas } from '../pairwise/consistency.ts'
import type { ExpertTables } from '../tables.ts'
import { inviteExperts, nameExperts } from './invite-experts.ts'
import { recordChange } from './record-change.ts'

type Context = PluginContext<ExpertTables>
type Plan = RouteRequest<typeof route>['body']

/**
 * Opens a consultation about the areas of a draft as they are now, and answers its id. Throws `expert.draft-missing`,
 * `expert.areas-number`, `expert.times-wrong`, `expert.experts-unknown`.
 */
export async function openConsultation(context: Context, actor: Actor, plan: Plan): Promise<number> {
  const draft = await context.regulations.find(actor, plan.versionId)
  if (draft?.state !== 'draft') throw new UstazError('expert.draft-missing', { status: 409 })
  const { areas } = draft
  if (areas.length < 2 || areas.length > maxAreas)
    throw new UstazError('expert.areas-number', {
      status: 422,
      params: { areas: areas.length, max: maxAreas },
    })
  const at = context.now()
  refuseTimes(plan, at)
  const experts = await nameExperts(context.accounts, plan.experts)
  return await context.db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('consultation')
      .values({
        title: JSON.stringify(plan.title),
        version_id: draft.id,
        regulation_code: draft.code,
        regulation_version: draft.version,
        areas: JSON.stringify(areas),
        method: plan.method,
        random_index: plan.randomIndex,
        ratio_limit: String(plan.limit),
        when_inconsistent: plan.whenInconsistent,
        opens_at: new Date(plan.opensAt),
        closes_at: new Date(plan.closesAt),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await inviteExperts(trx, id, experts, emptyAnswer(plan.method))
    await recordChange(trx, { consultationId: id, actor, at, action: 'open' })
    return id
  })
}

/** Throws `expert.times-wrong` unless it closes after it opens, and in the future. */
export function refuseTimes({ opensAt, closesAt }: Pick<Plan, 'opensAt' | 'closesAt'>, now: Date): void {
  if (new Date(closesAt) > new Date(opensAt) && new Date(closesAt) > now) return
  throw new UstazError('expert.times-wrong', { status: 422 })
}
