import type { AppContext } from '../app-context.ts'
import { describeRights } from '../access/rights-table.ts'
import { getActor } from '../contract/resources/access.ts'
import { getRights } from '../contract/resources/rights.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { describe } from './session/sign-in.ts'

export const accessRoutes: RouteHandler<AppContext>[] = [
  handleRoute(getActor, async ({ actor }) => await Promise.resolve(describe(actor))),
  handleRoute(
    getRights,
    async ({ actor, language }) => await Promise.resolve(describeRights(actor, language)),
  ),
]
