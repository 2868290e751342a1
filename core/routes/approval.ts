import { listAccounts } from '../access/list-accounts.ts'
import { rolesOf } from '../access/rights.ts'
import type { AppContext } from '../app-context.ts'
import { createDelegation, endDelegation, listDelegations, standInRoles } from '../approval/delegations.ts'
import { listAbsent } from '../approval/list-absent.ts'
import { listQueue, listWaiting } from '../approval/list-queue.ts'
import { createRelative, endRelative, listRelatives } from '../approval/relatives.ts'
import * as contract from '../contract/resources/approval.ts'
import { approveMany } from '../evidence/approve-many.ts'
import { createTexts } from '../messages/texts.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'

export const approvalRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listQueue, async ({ actor, query }, context: AppContext) => {
    return await listQueue(context, actor, query)
  }),
  handleRoute(contract.listWaiting, async ({ query }, context: AppContext) => {
    return await listWaiting(context, query)
  }),
  handleRoute(contract.approveMany, async ({ actor, body, language }, context: AppContext) => {
    const texts = createTexts((pluginId) => context.host.messagesOf(pluginId))
    const outcomes = await approveMany(context, actor, body)
    return {
      outcomes: outcomes.map(({ id, problem }) => ({
        id,
        done: problem === null,
        code: problem?.code ?? null,
        message: problem ? texts.problem(language, problem.code, problem.params).detail : null,
      })),
    }
  }),
  handleRoute(contract.listDelegations, async ({ actor, query }, context: AppContext) => {
    return await listDelegations(context, actor, query)
  }),
  handleRoute(contract.createDelegation, async ({ actor, body }, context: AppContext) => {
    return await createDelegation(context, actor, body)
  }),
  handleRoute(contract.endDelegation, async ({ actor, params }, context: AppContext) => {
    return await endDelegation(context, actor, params.id)
  }),
  handleRoute(contract.listAbsent, async ({ query }, context: AppContext) => {
    return await listAbsent(context, query)
  }),
  handleRoute(contract.listStandIns, async ({ query: { decides, ...query } }, { db }: AppContext) => {
    const roles = decides ? rolesOf('evidence.approve') : standInRoles
    const { items, ...page } = await listAccounts(db, { ...query, roles })
    return { ...page, items: items.map(({ id, name }) => ({ accountId: id, name })) }
  }),
  handleRoute(contract.listRelatives, async ({ actor, query }, context: AppContext) => {
    return await listRelatives(context, actor, query)
  }),
  handleRoute(contract.createRelative, async ({ actor, body }, context: AppContext) => {
    return await createRelative(context, actor, body)
  }),
  handleRoute(contract.endRelative, async ({ actor, params }, context: AppContext) => {
    await endRelative(context, actor, params.id)
    return undefined
  }),
]
