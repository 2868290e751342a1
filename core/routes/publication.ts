import { readCorrection } from '../appeals/read-correction.ts'
import type { AppContext } from '../app-context.ts'
import * as contract from '../contract/resources/publication.ts'
import { translate } from '../messages/message.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { publishRun, withdrawRun } from '../publication/publish-run.ts'
import { readPublication } from '../publication/read-publication.ts'
import {
  changeTableByName,
  isTableByNameOn,
  readTableByName,
  readTableSetting,
} from '../publication/table-by-name.ts'
import { findReadableRun } from '../rating/results/find-run.ts'
import { readLeagueStandings } from '../rating/results/league-standings.ts'

/** A table for everybody has no reader who sees more. */
const everybody = { all: false, unitIds: [], teacherId: null }

export const publicationRoutes: RouteHandler<AppContext>[] = [
  handleRoute(contract.getPublication, async ({ params, scope }, { db }: AppContext) => {
    await findReadableRun(db, params.id, scope)
    return await readPublication(db, params.id)
  }),
  handleRoute(contract.publishRun, async ({ params, body, actor, language }, context: AppContext) => {
    const { unexplained: reason } = body
    const unexplained = reason === null ? null : translate(language, 'publication.unexplained', { reason })
    const correction = await readCorrection(context.db, context.host, params.id)
    const isExplained = correction?.isExplained ?? true
    const by = { accountId: actor.accountId, at: context.now() }
    await publishRun(context, params.id, { ...body, isExplained, unexplained, ...by })
    return await readPublication(context.db, params.id)
  }),
  handleRoute(contract.withdrawRun, async ({ params, body, actor }, { db, now }: AppContext) => {
    await withdrawRun(db, params.id, { ...body, accountId: actor.accountId, at: now() })
    return await readPublication(db, params.id)
  }),
  handleRoute(contract.listLeagueStandings, async ({ params, scope }, { db }: AppContext) => ({
    items: await readLeagueStandings(db, await findReadableRun(db, params.id, scope)),
  })),
  handleRoute(contract.listTableByName, async ({ params, query }, { db }: AppContext) => {
    return await readTableByName(db, await findReadableRun(db, params.id, everybody), query)
  }),
  handleRoute(contract.getTableByName, async (_, { db }: AppContext) => ({
    isOn: await isTableByNameOn(db),
  })),
  handleRoute(contract.getTableSetting, async (_, { db }: AppContext) => await readTableSetting(db)),
  handleRoute(contract.changeTableByName, async ({ body, actor }, { db, now }: AppContext) => {
    await changeTableByName(db, { ...body, accountId: actor.accountId, at: now() })
    return await readTableSetting(db)
  }),
]
