import type { AppContext } from '../app-context.ts'
import {
  compareGroups,
  compareRuns as compareRunsRoute,
  exportMovers,
  getMover,
  listMovers,
} from '../contract/resources/run-comparison.ts'
import type { Mover } from '../contract/resources/run-comparison.ts'
import type { Language } from '../contract/text.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { compareRuns } from '../rating/results/compare-runs.ts'
import { readGroupChanges } from '../rating/results/comparison/group-changes.ts'
import { readMoverDetail } from '../rating/results/comparison/read-mover-detail.ts'
import { readMovers } from '../rating/results/comparison/read-movers.ts'
import type { StoredMover } from '../rating/results/comparison/read-movers.ts'
import { findReadablePair, findRunPair } from '../rating/results/comparison/run-pair.ts'
import type { RunPair } from '../rating/results/comparison/run-pair.ts'
import { getRun } from '../rating/results/list-runs.ts'
import { moversReport } from '../reports/movers-report.ts'
import { writeTable } from '../reports/table-file.ts'
import { namesOf, runInWords, withReasons } from './run-words.ts'

export const runComparisonRoutes: RouteHandler<AppContext>[] = [
  handleRoute(compareRunsRoute, async ({ params, scope, language }, { db }: AppContext) => {
    const comparison = await compareRuns(db, await findReadablePair(db, params, scope), scope)
    return {
      before: runInWords(await getRun(db, params.other), language),
      after: runInWords(await getRun(db, params.id), language),
      ...comparison,
    }
  }),
  handleRoute(compareGroups, async ({ params }, { db }: AppContext) => {
    return await readGroupChanges(db, await findRunPair(db, params))
  }),
  handleRoute(listMovers, async ({ params, query, scope, language }, context: AppContext) => {
    const pair = await findReadablePair(context.db, params, scope)
    const page = await readMovers(context.db, pair, query, { scope, page: query })
    return { ...page, items: await inWords(context, pair, page.items, language) }
  }),
  handleRoute(exportMovers, async ({ params, query, scope, language }, context: AppContext) => {
    const pair = await findReadablePair(context.db, params, scope)
    const { items } = await readMovers(context.db, pair, query, { scope, page: null })
    const movers = await inWords(context, pair, items, language)
    const names = {
      before: await namesOf(context, pair.before, language),
      after: await namesOf(context, pair.after, language),
    }
    return await writeTable(moversReport(pair, movers, names, language), query.format)
  }),
  handleRoute(getMover, async ({ params, scope, language }, context: AppContext) => {
    const pair = await findReadablePair(context.db, params, scope)
    const { mover, ...detail } = await readMoverDetail(context.db, pair, params.teacherId, scope)
    const [worded] = await inWords(context, pair, [mover], language)
    return { mover: worded!, ...detail }
  }),
]

/** The reasons of each side in the words of the regulation it was judged by. */
async function inWords(
  context: AppContext,
  { before, after }: RunPair,
  movers: readonly StoredMover[],
  language: Language,
): Promise<Mover[]> {
  const then = await namesOf(context, before, language)
  const now = await namesOf(context, after, language)
  return movers.map((mover) => ({
    ...mover,
    before: mover.before && withReasons(mover.before, then, language),
    after: mover.after && withReasons(mover.after, now, language),
  }))
}
