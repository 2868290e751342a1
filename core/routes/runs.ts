import {
  cancelRun as cancelRunRoute,
  compareUnits as compareUnitsRoute,
  compareUnitsOverYears as compareUnitsOverYearsRoute,
  exportRanking,
  exportRun as exportRunRoute,
  getRanking,
  getRun as getRunRoute,
  getTeacherHistory,
  getTeacherResult,
  listRuns as listRunsRoute,
  requestRun as requestRunRoute,
  verifyRun as verifyRunRoute,
} from '../contract/resources/runs.ts'
import { getFairness } from '../contract/resources/fairness.ts'
import type { Money } from '../contract/regulation/result.ts'
import type { Run } from '../contract/resources/runs.ts'
import { decide } from '../access/rights.ts'
import type { AppContext } from '../app-context.ts'
import { FileAnswer, handleRoute } from '../plugin/route.ts'
import type { Actor, RouteHandler } from '../plugin/route.ts'
import { refuseUnseen } from '../rating/results/seen-runs.ts'
import { compareGroups } from '../rating/fairness/compare-groups.ts'
import { readStrata } from '../rating/fairness/read-strata.ts'
import { cancelRun, requestRun } from '../rating/request-run.ts'
import { compareUnits } from '../rating/results/compare-units.ts'
import { findFinishedRun, findReadableRun } from '../rating/results/find-run.ts'
import { getRun, getRunWithRegulation, listRuns } from '../rating/results/list-runs.ts'
import { compareUnitsOverYears, readTeacherHistory } from '../rating/results/over-years.ts'
import { readRanking } from '../rating/results/ranking.ts'
import { readTeacherResult } from '../rating/results/teacher-result.ts'
import { exportRun } from '../replay/export-run.ts'
import { readProduct } from '../replay/product.ts'
import { verifyRun } from '../rating/results/verify-run.ts'
import { rankingReport } from '../reports/ranking-report.ts'
import { writeTable } from '../reports/table-file.ts'
import { namesOf, runInWords, withWords } from './run-words.ts'

export const runRoutes: RouteHandler<AppContext>[] = [
  handleRoute(listRunsRoute, async ({ query, actor, language }, { db }) => {
    const page = await listRuns(db, { ...query, unseen: readsAll(actor) })
    return { ...page, items: page.items.map((run) => runInWords(run, language)) }
  }),
  handleRoute(requestRunRoute, async ({ body, actor, language }, { db, jobs }) => {
    const id = await requestRun(db, jobs, { ...body, requestedBy: actor.accountId })
    return runInWords(await getRun(db, id), language)
  }),
  handleRoute(getRunRoute, async ({ params, actor, language }, { db }) => {
    await refuseUnseen(db, params.id, { all: readsAll(actor) })
    const { run, document, weights } = await getRunWithRegulation(db, params.id)
    const titles = (list: readonly { id: string; title: Run['regulation']['title'] }[]) =>
      list.map(({ id, title }) => ({ id, title }))
    return {
      ...runInWords(run, language),
      areas: titles(document.areas),
      leagues: titles(document.leagues),
      bands: titles(document.bands),
      norms: titles(document.norms),
      money: document.money ? pickMoney(document.money) : null,
      units: document.units ?? null,
      weights,
    }
  }),
  handleRoute(cancelRunRoute, async ({ params, language }, { db }) => {
    await cancelRun(db, params.id)
    return runInWords(await getRun(db, params.id), language)
  }),
  handleRoute(verifyRunRoute, async ({ params }, { db }) => await verifyRun(db, params.id)),
  handleRoute(exportRunRoute, async ({ params }, { db, host, now }) => {
    const content = await exportRun(db, { runId: params.id, ...(await readProduct(host)), at: now() })
    return new FileAnswer({
      name: `ustaz-run-${params.id}.ndjson.gz`,
      mediaType: 'application/gzip',
      content,
    })
  }),
  handleRoute(getRanking, async ({ params, query, scope, language }, { db, host }) => {
    const run = await findReadableRun(db, params.id, scope)
    const page = await readRanking(db, run, query, { scope, page: query })
    const names = await namesOf({ db, host }, run, language)
    return { ...page, items: page.items.map((row) => withWords(row, names, language)) }
  }),
  handleRoute(exportRanking, async ({ params, query, scope, language }, { db, host }) => {
    const run = await findReadableRun(db, params.id, scope)
    const { items } = await readRanking(db, run, query, { scope, page: null })
    return await writeTable(
      rankingReport(run, items, await namesOf({ db, host }, run, language), language),
      query.format,
    )
  }),
  handleRoute(getTeacherResult, async ({ params, scope, language }, { db, host }) => {
    const run = await findReadableRun(db, params.id, scope)
    const { result, ...rest } = await readTeacherResult(db, run, params.teacherId, scope)
    const names = await namesOf({ db, host }, run, language)
    return { result: withWords(result, names, language), ...rest }
  }),
  handleRoute(getTeacherHistory, async ({ params, scope }, { db }) => ({
    items: await readTeacherHistory(db, params.id, scope),
  })),
  handleRoute(getFairness, async ({ params }, { db }) =>
    compareGroups(await readStrata(db, await findFinishedRun(db, params.id))),
  ),
  handleRoute(compareUnitsRoute, async ({ params, query, scope }, { db }) => ({
    items: await compareUnits(db, await findReadableRun(db, params.id, scope), query, scope),
  })),
  handleRoute(compareUnitsOverYearsRoute, async ({ query, scope }, { db }) => ({
    items: await compareUnitsOverYears(db, query, scope),
  })),
]

/** Whether every result is for the actor's eyes, published or not. */
const readsAll = (actor: Actor) => decide(actor, 'result.read').some(({ reach }) => reach === 'all')

const pickMoney = ({ id, title, currency }: Money) => ({ id, title, currency })
