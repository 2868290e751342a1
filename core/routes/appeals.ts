import { answerAppeal, assignReviewer, withdrawAppeal } from '../appeals/move-appeal.ts'
import { attachToAppeal, downloadAppealFile } from '../appeals/appeal-files.ts'
import { readAppealStatistics } from '../appeals/appeal-statistics.ts'
import { fileAppeal } from '../appeals/file-appeal.ts'
import { findCandidates } from '../appeals/independence.ts'
import { listAppeals } from '../appeals/list-appeals.ts'
import { openAppeal } from '../appeals/open-appeal.ts'
import { readAppeal } from '../appeals/read-appeal.ts'
import { readCorrection } from '../appeals/read-correction.ts'
import { requestCorrection } from '../appeals/request-correction.ts'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import * as contract from '../contract/resources/appeals.ts'
import { handleRoute } from '../plugin/route.ts'
import type { Actor, RouteHandler } from '../plugin/route.ts'
import { dayOf } from '../publication/appeal-days.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'

/** The appeal as the asker now sees it. */
async function answer({ db, now }: AppContext, actor: Actor, id: number) {
  return await readAppeal(db, actor, id, dayOf(now()))
}

export const appealRoutes: RouteHandler<AppContext>[] = [
  handleRoute(contract.fileAppeal, async ({ params, body, actor }, context: AppContext) => {
    return await answer(
      context,
      actor,
      await fileAppeal(context, actor, { runId: params.id, input: body, at: context.now() }),
    )
  }),
  handleRoute(contract.listOwnAppeals, async ({ query, actor }, { db, now }: AppContext) => {
    return await listAppeals(db, { teacherId: actor.teacherId }, query, dayOf(now()))
  }),
  handleRoute(contract.listAssignedAppeals, async ({ query, actor }, { db, now }: AppContext) => {
    return await listAppeals(db, { reviewerId: actor.accountId }, query, dayOf(now()))
  }),
  handleRoute(contract.listAppeals, async ({ query }, { db, now }: AppContext) => {
    return await listAppeals(db, 'all', query, dayOf(now()))
  }),
  handleRoute(contract.getAppealStatistics, async ({ params }, { db }: AppContext) => {
    await findFinishedRun(db, params.id)
    return await readAppealStatistics(db, params.id)
  }),
  handleRoute(contract.getAppeal, async ({ params, actor }, context: AppContext) => {
    return await answer(context, actor, params.id)
  }),
  handleRoute(contract.attachToAppeal, async ({ params, actor, file }, context: AppContext) => {
    if (!file) throw new UstazError('file-expected', { status: 400 })
    await attachToAppeal(context, actor, params.id, file)
    return await answer(context, actor, params.id)
  }),
  handleRoute(contract.downloadAppealFile, async ({ params, actor }, context: AppContext) => {
    return await downloadAppealFile(context, actor, params)
  }),
  handleRoute(contract.withdrawAppeal, async ({ params, body, actor }, context: AppContext) => {
    await withdrawAppeal(context.db, { actor, id: params.id, at: context.now() }, body.reason || null)
    return await answer(context, actor, params.id)
  }),
  handleRoute(contract.listReviewers, async ({ params, query, actor }, { db }: AppContext) => {
    const { appeal } = await openAppeal(db, actor, params.id)
    const { teacher_id: teacherId, filed_by: filedBy, evidence_id: evidenceId } = appeal
    const page = await findCandidates(db, { teacherId, filedBy, evidenceId }, query)
    return { ...page, page: query.page, pageSize: query.pageSize }
  }),
  handleRoute(contract.assignReviewer, async ({ params, body, actor }, context: AppContext) => {
    await assignReviewer(context, { actor, id: params.id, at: context.now() }, body.accountId)
    return await answer(context, actor, params.id)
  }),
  handleRoute(contract.answerAppeal, async ({ params, body, actor }, context: AppContext) => {
    await answerAppeal(context, { actor, id: params.id, at: context.now() }, body)
    return await answer(context, actor, params.id)
  }),
  handleRoute(contract.requestCorrection, async ({ params, actor }, { db, jobs }: AppContext) => ({
    runId: await requestCorrection(db, jobs, { runId: params.id, accountId: actor.accountId }),
  })),
  handleRoute(contract.getCorrection, async ({ params }, { db, host }: AppContext) => {
    await findFinishedRun(db, params.id)
    return { correction: await readCorrection(db, host, params.id) }
  }),
]
