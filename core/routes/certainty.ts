import type { AppContext } from '../app-context.ts'
import {
  getCertainty,
  listCertaintyBands,
  listCertaintyRows,
  requestCertainty as requestCertaintyRoute,
} from '../contract/resources/certainty.ts'
import type { Certainty } from '../contract/resources/certainty.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { requestCertainty } from '../rating/certainty/run/request-certainty.ts'
import { readCertainty, readCertaintyBands, readCertaintyRows } from '../rating/results/certainty.ts'
import type { StoredCertainty } from '../rating/results/certainty.ts'
import { findFinishedRun, findReadableRun } from '../rating/results/find-run.ts'
import type { FinishedRun } from '../rating/results/find-run.ts'
import { reasonInWords } from '../reports/reason-words.ts'
import { namesOf } from './run-words.ts'

export const certaintyRoutes: RouteHandler<AppContext>[] = [
  handleRoute(getCertainty, async ({ params, scope, language }, context: AppContext) => {
    const run = await findReadableRun(context.db, params.id, scope)
    return await inWords(context, run, await readCertainty(context.db, run, scope), language)
  }),
  handleRoute(requestCertaintyRoute, async ({ params, scope, language }, context: AppContext) => {
    const run = await findFinishedRun(context.db, params.id)
    await context.db.transaction().execute(async (trx) => {
      await requestCertainty(trx, context.jobs, run.id)
    })
    return await inWords(context, run, await readCertainty(context.db, run, scope), language)
  }),
  handleRoute(
    listCertaintyBands,
    async ({ params, query, scope }, { db }: AppContext) =>
      await readCertaintyBands(db, await findReadableRun(db, params.id, scope), query, scope),
  ),
  handleRoute(
    listCertaintyRows,
    async ({ params, query, scope }, { db }: AppContext) =>
      await readCertaintyRows(db, await findReadableRun(db, params.id, scope), query, scope),
  ),
]

async function inWords(
  context: AppContext,
  run: FinishedRun,
  { summary, failure, ...stored }: StoredCertainty,
  language: Language,
): Promise<Certainty> {
  return {
    ...stored,
    failure: failure && translate(language, `problem.${failure.code}.detail`, failure.params),
    summary: summary && (await summaryInWords(context, run, summary, language)),
  }
}

async function summaryInWords(
  context: AppContext,
  run: FinishedRun,
  summary: NonNullable<StoredCertainty['summary']>,
  language: Language,
): Promise<NonNullable<Certainty['summary']>> {
  const names = await namesOf(context, run, language)
  const titles = new Map(run.document.leagues.map(({ id, title }) => [id, title]))
  return {
    ...summary,
    failures: summary.failures.map((failure) => ({
      ...failure,
      message: reasonInWords({ code: failure.code, clause: failure.area, params: {} }, names, language),
    })),
    leagues: summary.leagues.map((league) => ({
      ...league,
      title: titles.get(league.league) ?? run.document.title,
    })),
  }
}
