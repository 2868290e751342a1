import { UstazError } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Question, Words } from '../questions/question.ts'
import { placeCount } from '../questions/places.ts'
import type { SurveyTables } from '../tables.ts'
import { refuseUneven } from './bundles.ts'
import { stateOf } from './state.ts'
import type { CampaignState } from './state.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now' | 'jobs'>

export interface CampaignPlan {
  title: Words
  versionId: number
  periodFrom: string
  periodTo: string
  opensAt: string
  closesAt: string
  threshold: number
  /** What one person says of several teachers is kept together, on this ground; absent or null: it is not. */
  linked?: { ground: Words } | null
}

/** Throws `surveys.version-not-found`, `surveys.times-wrong`. */
export async function createCampaign({ db }: Context, plan: CampaignPlan): Promise<number> {
  const row = await rowOf(db, plan)
  const { id } = await db.insertInto('campaign').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Throws the same, and `surveys.campaign-not-found`, `surveys.campaign-released`. */
export async function changeCampaign({ db, now }: Context, id: number, plan: CampaignPlan): Promise<void> {
  const row = await rowOf(db, plan)
  await db.transaction().execute(async (trx) => {
    await lockCampaign(trx, id, { now: now(), among: ['draft'] })
    await trx.updateTable('campaign').set(row).where('id', '=', id).execute()
  })
}

async function rowOf(db: Kysely<SurveyTables>, plan: CampaignPlan) {
  const { versionId, periodFrom, periodTo, opensAt, closesAt, threshold } = plan
  const version = db.selectFrom('questionnaire_version').select('id').where('id', '=', versionId)
  if (!(await version.executeTakeFirst())) throw new UstazError('surveys.version-not-found', { status: 404 })
  if (periodTo < periodFrom || closesAt <= opensAt) throw new UstazError('surveys.times-wrong')
  return {
    title: JSON.stringify(plan.title),
    version_id: versionId,
    period_from: periodFrom,
    period_to: periodTo,
    opens_at: new Date(opensAt),
    closes_at: new Date(closesAt),
    threshold,
    linked_ground: plan.linked ? JSON.stringify(plan.linked.ground) : null,
  }
}

/**
 * Fixes the questions and asks for the results at the end. Throws `surveys.campaign-not-found`, `-released`, `-empty`, `-past`, and of a linked one
 * `surveys.group-uneven`.
 */
export async function releaseCampaign({ db, now, jobs }: Context, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const at = now()
    const campaign = await lockCampaign(trx, id, { now: at, among: ['draft'] })
    if (campaign.closesAt <= at) throw new UstazError('surveys.campaign-past', { status: 409 })
    const cells = await trx.selectFrom('cell').select('id').where('campaign_id', '=', id).limit(1).execute()
    if (cells.length === 0) throw new UstazError('surveys.campaign-empty', { status: 409 })
    await refuseUneven(trx, id)
    await trx
      .updateTable('questionnaire_version')
      .set({ fixed_at: at })
      .where('id', '=', campaign.versionId)
      .where('fixed_at', 'is', null)
      .execute()
    await trx.updateTable('campaign').set({ released_at: at }).where('id', '=', id).execute()
    await addTallies(trx, id)
    await askToClose(jobs, { id, closesAt: campaign.closesAt, now: at, trx })
  })
}

/** Empty sums for the cells that have none. */
export async function addTallies(trx: Transaction<SurveyTables>, campaignId: number): Promise<void> {
  const version = await trx
    .selectFrom('campaign as c')
    .innerJoin('questionnaire_version as v', 'v.id', 'c.version_id')
    .select('v.questions')
    .where('c.id', '=', campaignId)
    .executeTakeFirstOrThrow()
  await sql`
    insert into plugin_surveys.tally (cell_id, counts)
    select id, array_fill(0, array[${placeCount(version.questions)}::integer]) from plugin_surveys.cell where campaign_id = ${campaignId}
    on conflict do nothing`.execute(trx)
}

/** Throws `surveys.campaign-not-found`, `surveys.campaign-over`, `surveys.times-wrong`. */
export async function moveClosing({ db, now, jobs }: Context, id: number, closesAt: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const at = now()
    const campaign = await lockCampaign(trx, id, { now: at, among: ['planned', 'open'] })
    if (closesAt <= at || closesAt <= campaign.opensAt) throw new UstazError('surveys.times-wrong')
    await trx.updateTable('campaign').set({ closes_at: closesAt }).where('id', '=', id).execute()
    await askToClose(jobs, { id, closesAt, now: at, trx })
  })
}

/** The job looks whether the time has come, so one that is asked for an earlier end does nothing. */
async function askToClose(
  jobs: Context['jobs'],
  { id, closesAt, now, trx }: { id: number; closesAt: Date; now: Date; trx: Transaction<SurveyTables> },
): Promise<void> {
  const afterSeconds = Math.max(0, Math.ceil((closesAt.getTime() - now.getTime()) / 1000)) + 1
  await jobs.send('close', {}, { trx, key: `${id} ${closesAt.toISOString()}`, afterSeconds })
}

interface LockedCampaign {
  versionId: number
  opensAt: Date
  closesAt: Date
  threshold: number
  isLinked: boolean
  questions: Question[]
}

const refusals: Readonly<Record<CampaignState, string>> = {
  draft: 'surveys.campaign-draft',
  planned: 'surveys.campaign-released',
  open: 'surveys.campaign-released',
  over: 'surveys.campaign-over',
  closed: 'surveys.campaign-over',
}

/** Nobody else changes it until the transaction ends. Throws `surveys.campaign-not-found`, and what its state forbids. */
export async function lockCampaign(
  trx: Transaction<SurveyTables>,
  id: number,
  { now, among }: { now: Date; among: readonly CampaignState[] },
): Promise<LockedCampaign> {
  const found = await trx
    .selectFrom('campaign as c')
    .innerJoin('questionnaire_version as v', 'v.id', 'c.version_id')
    .select(['c.version_id as versionId', 'c.opens_at as opensAt', 'c.closes_at as closesAt', 'c.threshold'])
    .select(['c.released_at as releasedAt', 'c.closed_at as closedAt', 'v.questions'])
    .select((eb) => eb('c.linked_ground', 'is not', null).$castTo<boolean>().as('isLinked'))
    .where('c.id', '=', id)
    .forUpdate('c')
    .executeTakeFirst()
  if (!found) throw new UstazError('surveys.campaign-not-found', { status: 404 })
  const state = stateOf(found, now)
  if (!among.includes(state)) throw new UstazError(refusals[state], { status: 409 })
  return found
}
