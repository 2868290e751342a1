import { UstazError } from '@ustaz/core/contract'
import { handleRoute } from '@ustaz/core/plugin'
import type { Actor, PluginContext, RouteHandler } from '@ustaz/core/plugin'
import { changeConsultation, closeConsultation } from './consultation/change-consultation.ts'
import { openConsultation } from './consultation/open-consultation.ts'
import {
  findConsultation,
  listConsultations,
  readConsultation,
  readSheets,
} from './consultation/read-consultation.ts'
import { resultsOf } from './consultation/results.ts'
import { saveWeighting } from './consultation/save-weighting.ts'
import { stateOf } from './consultation/state.ts'
import * as contract from './contract.ts'
import { moveSheet } from './sheet/move-sheet.ts'
import { findSheet, listSheets, toSheet } from './sheet/read-sheet.ts'
import { saveAnswer } from './sheet/save-answer.ts'
import type { ExpertTables } from './tables.ts'

type Context = PluginContext<ExpertTables>

const detail = async ({ db, now }: Context, id: number) => await readConsultation(db, id, now())
const ownSheet = async ({ db, now }: Context, actor: Actor, id: number) =>
  toSheet(await findSheet(db, { id, accountId: actor.accountId }), now())

/** Throws `expert.results-later` to an invited expert, whatever else the account may do, while the consultation is not closed. */
async function results({ db, now }: Context, actor: Actor, id: number): Promise<contract.Results> {
  const consultation = await findConsultation(db, id)
  const sheets = await readSheets(db, id)
  const isInvited = sheets.some(({ account_id }) => account_id === actor.accountId)
  if (isInvited && stateOf(consultation, now()) !== 'closed')
    throw new UstazError('expert.results-later', { status: 403 })
  return resultsOf(consultation, sheets, now())
}

const office: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listConsultations, async ({ query }, { db, now }: Context) => {
    return await listConsultations(db, { ...query, now: now() })
  }),
  handleRoute(contract.getConsultation, async ({ params }, context: Context) => {
    return await detail(context, params.id)
  }),
  handleRoute(contract.openConsultation, async ({ body, actor }, context: Context) => {
    return await detail(context, await openConsultation(context, actor, body))
  }),
  handleRoute(contract.changeConsultation, async ({ params, body, actor }, context: Context) => {
    await changeConsultation(context, actor, params.id, body)
    return await detail(context, params.id)
  }),
  handleRoute(contract.closeConsultation, async ({ params, actor }, context: Context) => {
    await closeConsultation(context, actor, params.id)
    return await detail(context, params.id)
  }),
  handleRoute(contract.getResults, async ({ params, actor }, context: Context) => {
    return await results(context, actor, params.id)
  }),
  handleRoute(contract.saveWeighting, async ({ params, body, actor }, context: Context) => {
    await saveWeighting(context, actor, params.id, body)
    return await detail(context, params.id)
  }),
  handleRoute(contract.listDrafts, async ({ actor }, { regulations }: Context) => {
    return { items: await regulations.listDrafts(actor) }
  }),
  handleRoute(contract.listExperts, async ({ query: { search, ...page } }, { accounts }: Context) => {
    const filter = { action: contract.getSheet.action, ...page, ...(search ? { search } : {}) }
    return await accounts.list(filter)
  }),
]

const experts: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listSheets, async ({ query, actor }, { db, now }: Context) => {
    return await listSheets(db, { ...query, accountId: actor.accountId, now: now() })
  }),
  handleRoute(contract.getSheet, async ({ params, actor }, context: Context) => {
    return await ownSheet(context, actor, params.id)
  }),
  handleRoute(contract.saveAnswer, async ({ params, body, actor }, context: Context) => {
    await saveAnswer(context, actor, params.id, body)
    return await ownSheet(context, actor, params.id)
  }),
  handleRoute(contract.moveSheet, async ({ params, body, actor }, context: Context) => {
    await moveSheet(context, actor, params.id, body)
    return await ownSheet(context, actor, params.id)
  }),
  handleRoute(contract.getSheetResults, async ({ params, actor }, context: Context) => {
    await findSheet(context.db, { id: params.id, accountId: actor.accountId })
    return await results(context, actor, params.id)
  }),
]

export const routes: readonly RouteHandler<Context>[] = [...office, ...experts]
