import { handleRoute } from '@ustaz/core/plugin'
import type { PluginContext, RouteHandler } from '@ustaz/core/plugin'
import * as contract from './contract.ts'
import { findOutlook, listSubjects, newestOutlooks, outlookOfTeacher } from './outlook/read-outlook.ts'
import type { ForecastTables } from './tables.ts'

type Context = PluginContext<ForecastTables>

export const routes: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listOutlooks, async ({ scope }, context: Context) => {
    return { items: await newestOutlooks(context, scope) }
  }),
  handleRoute(contract.listSubjects, async ({ params, query, scope }, context: Context) => {
    const { id } = await findOutlook(context, params.id, scope)
    return await listSubjects(context, id, query, scope)
  }),
  handleRoute(contract.listTeacherOutlook, async ({ params, scope }, context: Context) => {
    return { items: await outlookOfTeacher(context, params.teacherId, scope) }
  }),
]
