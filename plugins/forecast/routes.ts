import { UstazError } from '@ustaz/core/contract'
import { FileAnswer, handleRoute } from '@ustaz/core/plugin'
import type { PluginContext, RouteHandler } from '@ustaz/core/plugin'
import * as contract from './contract.ts'
import { readDrivers } from './drivers/read-drivers.ts'
import { exportSubjects } from './outlook/export-subjects.ts'
import {
  findOutlook,
  listSubjects,
  newestOutlooks,
  outlookOfTeacher,
  readCard,
} from './outlook/read-outlook.ts'
import { sortingRoutes } from './sorting/routes.ts'
import type { ForecastTables } from './tables.ts'
import { readYear } from './year/read-year.ts'

type Context = PluginContext<ForecastTables>

export const routes: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listOutlooks, async ({ scope }, context: Context) => {
    return { items: await newestOutlooks(context, scope) }
  }),
  handleRoute(contract.listSubjects, async ({ params, query, scope }, context: Context) => {
    const { id } = await findOutlook(context, params.id, scope)
    return await listSubjects(context, id, query, scope)
  }),
  handleRoute(contract.exportSubjects, async ({ params, query, scope, language }, context: Context) => {
    const outlook = await findOutlook(context, params.id, scope)
    return await exportSubjects(context, outlook, { ...query, language }, scope)
  }),
  handleRoute(contract.getCard, async ({ params, scope }, context: Context) => {
    const { id } = await findOutlook(context, params.id, scope)
    return { card: await readCard(context, id) }
  }),
  handleRoute(contract.downloadCard, async ({ params, scope }, context: Context) => {
    const { id } = await findOutlook(context, params.id, scope)
    const card = await readCard(context, id)
    if (!card) throw new UstazError('forecast.card-not-found', { status: 404 })
    return new FileAnswer({
      name: `outlook-${id}-card.json`,
      mediaType: 'application/json',
      content: `${JSON.stringify(card, null, 2)}\n`,
    })
  }),
  handleRoute(contract.getDrivers, async ({ params, query, scope }, context: Context) => {
    const outlook = await findOutlook(context, params.id, scope)
    return await readDrivers(context, outlook, query, scope)
  }),
  handleRoute(contract.listTeacherOutlook, async ({ params, scope }, context: Context) => {
    return { items: await outlookOfTeacher(context, params.teacherId, scope) }
  }),
  handleRoute(contract.getYearSoFar, async ({ query, scope }, context: Context) => {
    return await readYear(context, query, scope)
  }),
  ...sortingRoutes,
]
