import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import * as contract from '../contract/resources/shadow.ts'
import { templateOf } from '../people/import/template.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { importOldRating } from '../shadow/import-old-rating.ts'
import { listPublished } from '../shadow/list-published.ts'
import { deleteShadow, moveShadow } from '../shadow/move-shadow.ts'
import { oldRatingColumns } from '../shadow/old-rating.ts'
import { readPublishedShadow, readShadow, readShadowRows } from '../shadow/read-shadow.ts'
import { shadowReport } from '../reports/shadow-report.ts'
import { writeTable } from '../reports/table-file.ts'

export const shadowRoutes: RouteHandler<AppContext>[] = [
  handleRoute(contract.getShadow, async ({ params }, { db }: AppContext) => ({
    shadow: await readShadow(db, params.id),
  })),
  handleRoute(contract.listShadowRows, async ({ params, query }, { db }: AppContext) => {
    return await readShadowRows(db, params.id, query, query)
  }),
  handleRoute(contract.exportShadowRows, async ({ params, query, language }, { db }: AppContext) => {
    const { items } = await readShadowRows(db, params.id, query, null)
    return await writeTable(shadowReport(params.id, items, language), query.format)
  }),
  handleRoute(
    contract.importOldRating,
    async ({ params, body, file, actor, language }, { db, now }: AppContext) => {
      if (!file) throw new UstazError('import-file-missing', { status: 400 })
      const by = { accountId: actor.accountId, at: now() }
      return await importOldRating(db, { runId: params.id, ...body, content: file.content, language, ...by })
    },
  ),
  handleRoute(contract.getOldRatingTemplate, async ({ query, language }) => {
    return await writeTable(
      templateOf({ kind: 'old-rating', columns: oldRatingColumns }, language),
      query.format,
    )
  }),
  handleRoute(contract.deleteShadow, async ({ params }, { db }: AppContext) => {
    await deleteShadow(db, params.id)
    return undefined
  }),
  handleRoute(contract.moveShadow, async ({ params, body, actor }, context: AppContext) => {
    await moveShadow(context, params.id, { ...body, accountId: actor.accountId, at: context.now() })
    return { shadow: await readShadow(context.db, params.id) }
  }),
  handleRoute(contract.getPublishedShadow, async ({ params }, { db }: AppContext) => ({
    shadow: await readPublishedShadow(db, params.id),
  })),
  handleRoute(
    contract.listPublishedShadows,
    async ({ query }, { db }: AppContext) => await listPublished(db, query),
  ),
]
