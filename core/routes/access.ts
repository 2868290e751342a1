import { listAccounts as findAccounts } from '../access/list-accounts.ts'
import { allowedActions } from '../access/rights.ts'
import type { AppContext } from '../app-context.ts'
import { getActor, listAccounts } from '../contract/resources/catalogue.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'

export const accessRoutes: RouteHandler<AppContext>[] = [
  handleRoute(getActor, async ({ actor }) => {
    const { accountId: id, name, teacherId, roles } = actor
    return { id, name, teacherId, roles: [...roles], actions: allowedActions(actor) }
  }),
  handleRoute(listAccounts, async ({ query: { role, ...filter } }, { db }: AppContext) => {
    return await findAccounts(db, { ...filter, roles: role === undefined ? undefined : [role] })
  }),
]
