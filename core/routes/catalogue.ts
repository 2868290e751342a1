import type { AppContext } from '../app-context.ts'
import { getCatalogue, putPluginSettings, setPluginEnabled } from '../contract/resources/catalogue.ts'
import { UstazError } from '../contract/problem.ts'
import { describeCatalogue } from '../plugins/describe-catalogue.ts'
import { storeEnabled, storeSettings } from '../plugins/plugin-rows.ts'
import { checkSettings } from '../plugins/plugin-settings.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'

export const catalogueRoutes: RouteHandler<AppContext>[] = [
  handleRoute(getCatalogue, async (_, { db, host }: AppContext) => await describeCatalogue(db, host)),

  handleRoute(setPluginEnabled, async ({ params: { id }, body }, { db }: AppContext) => {
    if (!(await storeEnabled(db, id, body.enabled))) throw notFound(id)
    return { id, enabled: body.enabled }
  }),

  handleRoute(putPluginSettings, async ({ params: { id }, body }, { db, host }: AppContext) => {
    const definition = host.plugins().find((plugin) => plugin.id === id)?.definition
    if (!definition) throw notFound(id)
    const settings = checkSettings(definition, body)
    await storeSettings(db, id, settings)
    return { id, settings }
  }),
]

const notFound = (id: string) => new UstazError('plugin-not-found', { status: 404, params: { id } })
