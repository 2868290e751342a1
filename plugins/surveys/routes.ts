import { UstazError } from '@ustaz/core/contract'
import { handleRoute } from '@ustaz/core/plugin'
import type { PluginContext, RouteHandler, UploadedFile } from '@ustaz/core/plugin'
import { openSurvey } from './answers/open-survey.ts'
import { receiveAnswer } from './answers/receive.ts'
import * as changes from './campaigns/change-campaign.ts'
import { deleteDraft, removeGroups } from './campaigns/clear-draft.ts'
import { fullName, groupsOf } from './campaigns/import-groups.ts'
import { sendInvitations } from './campaigns/invite.ts'
import { printSheets } from './campaigns/print-sheets.ts'
import { listCampaigns, readCampaign } from './campaigns/read-campaigns.ts'
import { listGroups } from './campaigns/read-groups.ts'
import * as contract from './contract.ts'
import * as questionnaires from './questions/questionnaires.ts'
import { decideRemark, listOwnRemarks, listRemarks } from './remarks/review.ts'
import { listClosed, listResults, readResult } from './results/read-results.ts'
import { readYears } from './results/read-years.ts'
import type { SurveyTables } from './tables.ts'

type Context = PluginContext<SurveyTables>

function contentOf(file: UploadedFile | null): Buffer {
  if (!file) throw new UstazError('import-file-missing', { status: 400 })
  return file.content
}

const campaign = async ({ db, now }: Context, id: number) => await readCampaign(db, id, now())

const answering: readonly RouteHandler<Context>[] = [
  handleRoute(contract.openSurvey, async ({ body }, { db, now }: Context) => {
    return await openSurvey(db, body.token, now())
  }),
  handleRoute(contract.sendAnswer, async ({ body }, context: Context) => {
    await receiveAnswer(context, body)
    return { received: true } as const
  }),
]

const asking: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listQuestionnaires, async ({ query }, { db }: Context) => {
    return await questionnaires.listQuestionnaires(db, query)
  }),
  handleRoute(contract.createQuestionnaire, async ({ body }, { db }: Context) => {
    return await questionnaires.createQuestionnaire(db, body)
  }),
  handleRoute(contract.getVersion, async ({ params }, { db }: Context) => {
    return await questionnaires.readVersion(db, params.id)
  }),
  handleRoute(contract.changeVersion, async ({ params, body }, { db }: Context) => {
    return await questionnaires.changeVersion(db, params.id, body.questions)
  }),
  handleRoute(contract.addVersion, async ({ params }, { db }: Context) => {
    return await questionnaires.addVersion(db, params.id)
  }),
]

const campaigns: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listCampaigns, async ({ query }, { db, now }: Context) => {
    return await listCampaigns(db, { ...query, now: now() })
  }),
  handleRoute(contract.getCampaign, async ({ params }, context: Context) => {
    return await campaign(context, params.id)
  }),
  handleRoute(contract.createCampaign, async ({ body }, context: Context) => {
    return await campaign(context, await changes.createCampaign(context, body))
  }),
  handleRoute(contract.changeCampaign, async ({ params, body }, context: Context) => {
    await changes.changeCampaign(context, params.id, body)
    return await campaign(context, params.id)
  }),
  handleRoute(contract.deleteCampaign, async ({ params }, context: Context) => {
    await deleteDraft(context, params.id)
    return undefined
  }),
  handleRoute(contract.releaseCampaign, async ({ params }, context: Context) => {
    await changes.releaseCampaign(context, params.id)
    return await campaign(context, params.id)
  }),
  handleRoute(contract.moveClosing, async ({ params, body }, context: Context) => {
    await changes.moveClosing(context, params.id, new Date(body.closesAt))
    return await campaign(context, params.id)
  }),
  handleRoute(contract.importGroups, async ({ params, body, file, language }, context: Context) => {
    const { state } = await campaign(context, params.id)
    if (state === 'over' || state === 'closed') throw new UstazError('surveys.campaign-over', { status: 409 })
    const cells = await context.tables.read(contentOf(file))
    return await context.tables.import(await groupsOf(context, params.id), { cells, language, ...body })
  }),
  handleRoute(contract.removeGroups, async ({ params, body }, context: Context) => {
    await removeGroups(context, params.id, body.groups)
    return await campaign(context, params.id)
  }),
  handleRoute(contract.getGroupsTemplate, async ({ query, language }, context: Context) => {
    return await context.tables.template(await groupsOf(context, 0), query.format, language)
  }),
  handleRoute(contract.listGroups, async ({ params, query }, { db }: Context) => {
    return await listGroups(db, params.id, query)
  }),
  handleRoute(contract.printSheets, async ({ params, body }, context: Context) => {
    return await printSheets(context, params.id, body.groups)
  }),
  handleRoute(contract.sendInvitations, async ({ params, body, file, language }, context: Context) => {
    return await sendInvitations(context, params.id, {
      content: contentOf(file),
      dryRun: body.dryRun,
      language,
    })
  }),
]

/** Teachers by name, those whose name has all of the searched words. */
async function namesOf({ people }: Context, search = ''): Promise<Map<number, string>> {
  const words = search.toLowerCase().split(/\s+/)
  const named = (await people.listTeachers()).map((teacher) => [teacher.id, fullName(teacher)] as const)
  const found = named.filter(([, name]) => words.every((word) => name.toLowerCase().includes(word)))
  return new Map(found.sort(([, a], [, b]) => a.localeCompare(b, 'ru')))
}

const results: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listClosed, async ({ scope }, { db, people }: Context) => {
    return { items: await listClosed(db, await people.teachersIn(scope)) }
  }),
  handleRoute(contract.listResults, async ({ params, query, scope }, context: Context) => {
    const names = await namesOf(context, query.search)
    const teachers = await context.people.teachersIn(scope)
    const about = { campaignId: params.id, teachers, named: [...names.keys()] }
    const { items, ...page } = await listResults(context.db, about, query)
    return { ...page, items: items.map((item) => ({ ...item, teacher: names.get(item.teacherId) ?? '' })) }
  }),
  handleRoute(contract.getResult, async ({ params, scope }, context: Context) => {
    const teachers = await context.people.teachersIn(scope)
    const found = await readResult(context.db, {
      campaignId: params.id,
      teacherId: params.teacher,
      teachers,
    })
    const names = await namesOf(context)
    return { ...found, teacher: names.get(found.teacherId) ?? String(found.teacherId) }
  }),
  handleRoute(contract.listYears, async ({ params, scope }, context: Context) => {
    const teachers = await context.people.teachersIn(scope)
    const items = await readYears(context.db, { teacherId: params.teacher, teachers })
    return { teacher: (await namesOf(context)).get(params.teacher) ?? String(params.teacher), items }
  }),
  handleRoute(contract.listOwnRemarks, async ({ params, scope }, { db }: Context) => {
    return { items: await listOwnRemarks(db, params.id, scope.teacherId) }
  }),
  handleRoute(contract.listRemarks, async ({ query, actor }, { db }: Context) => {
    return await listRemarks(db, actor, query)
  }),
  handleRoute(contract.decideRemark, async ({ params, body, actor }, { db, now }: Context) => {
    return await decideRemark(db, params.id, { ...body, actor, at: now() })
  }),
]

export const routes: readonly RouteHandler<Context>[] = [...answering, ...asking, ...campaigns, ...results]
