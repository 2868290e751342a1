import { handleRoute } from '@ustaz/core/plugin'
import type { PluginContext, RouteHandler } from '@ustaz/core/plugin'
import type { ForecastTables } from '../tables.ts'
import * as contract from './contract.ts'
import type { FieldSuggestion } from './contract.ts'
import { fieldsOf, textOf } from './entry-text.ts'
import { fieldTask, kindTask } from './labelled-by.ts'
import { listTasks } from './list-tasks.ts'
import { remarksOn } from './remarks.ts'
import { readTasks } from './store.ts'
import { suggest } from './suggest.ts'

type Context = PluginContext<ForecastTables>

export const sortingRoutes: readonly RouteHandler<Context>[] = [
  handleRoute(contract.suggestKinds, async ({ body }, { db, records }: Context) => {
    const task = (await readTasks(db, [kindTask])).get(kindTask)
    const found = task ? suggest(task, body.text) : null
    const isKnown = records.listKinds().some(({ indicator }) => indicator === found?.value)
    return { items: found && isKnown ? [{ task: kindTask, ...found }] : [] }
  }),
  handleRoute(contract.suggestFields, async ({ body }, context: Context) => ({
    items: await suggestFields(context, body.indicator, body.data),
  })),
  handleRoute(contract.listRemarks, async ({ params, actor }, context: Context) => {
    return { items: await remarksOn(context, await context.records.read(actor, params.id)) }
  }),
  handleRoute(contract.listTasks, async ({ query }, { db }: Context) => await listTasks(db, query)),
  handleRoute(contract.learnNow, async (_, { jobs }: Context) => {
    await jobs.send('sorting', {}, { key: 'sorting' })
    return undefined
  }),
]

/** Suggestions for choices that are open, or that were made otherwise. */
async function suggestFields(
  { db, records }: Context,
  indicator: string,
  data: Record<string, unknown>,
): Promise<FieldSuggestion[]> {
  const kind = records.listKinds().find((one) => one.indicator === indicator)
  if (!kind) return []
  const fields = fieldsOf(kind.schema)
  const text = textOf(data, fields)
  const tasks = await readTasks(
    db,
    fields.choices.map((field) => fieldTask(indicator, field)),
  )
  return fields.choices.flatMap((field) => {
    const name = fieldTask(indicator, field)
    const task = tasks.get(name)
    const found = task ? suggest(task, text) : null
    return found && found.value !== data[field] ? [{ task: name, field, ...found }] : []
  })
}
