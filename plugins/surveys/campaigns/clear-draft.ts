import type { PluginContext } from '@ustaz/core/plugin'
import type { SurveyTables } from '../tables.ts'
import { lockCampaign } from './change-campaign.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now'>

/** A campaign that nobody could answer yet goes with its groups. Throws `surveys.campaign-not-found`, `surveys.campaign-released`, `-over`. */
export async function deleteDraft({ db, now }: Context, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockCampaign(trx, id, { now: now(), among: ['draft'] })
    await trx.deleteFrom('cell').where('campaign_id', '=', id).execute()
    await trx.deleteFrom('campaign').where('id', '=', id).execute()
  })
}

/** Groups that are not there are passed over. Throws the same. */
export async function removeGroups(
  { db, now }: Context,
  id: number,
  groups: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockCampaign(trx, id, { now: now(), among: ['draft'] })
    await trx.deleteFrom('cell').where('campaign_id', '=', id).where('group_code', 'in', groups).execute()
  })
}
