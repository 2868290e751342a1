import { UstazError } from '@ustaz/core/contract'
import { handleRoute } from '@ustaz/core/plugin'
import type { Actor, PluginContext, RouteHandler } from '@ustaz/core/plugin'
import { answerDoi } from './answer-doi.ts'
import { suggestForNames } from './authors/suggest-for-authors.ts'
import * as contract from './contract.ts'
import { commitImport } from './import/commit-import.ts'
import { previewImport } from './import/preview-import.ts'
import { loadJournalList } from './journals/load-journal-list.ts'
import { suggestJournals } from './journals/suggest-journals.ts'
import { readJournalLists, searchJournals } from './journals/search-journals.ts'
import type { PublicationTables } from './tables.ts'
import { textOf } from './texts.ts'

type Context = PluginContext<PublicationTables>

/** Whoever brings works from a source is mostly one of their authors. */
const ownOf = ({ teacherId }: Actor) => (teacherId === null ? [] : [teacherId])

const megabyte = 1024 * 1024

export const routes: readonly RouteHandler<Context>[] = [
  handleRoute(contract.previewImport, async ({ file, actor, scope, language }, context: Context) => {
    if (!file) throw new UstazError('publications.import-empty', { status: 400 })
    return await previewImport(file.content, context, { scope, taking: ownOf(actor), language })
  }),
  handleRoute(contract.commitImport, async ({ body, actor }, { evidence }: Context) => {
    return { outcomes: await commitImport(body.works, actor, evidence) }
  }),
  handleRoute(contract.matchAuthors, async ({ body, scope, language }, context: Context) => {
    return {
      items: await suggestForNames(body.names, context, { scope, taking: body.teacherIds, language }),
    }
  }),
  handleRoute(contract.lookUpDoi, async ({ query, actor, scope, language }, context: Context) => {
    return await answerDoi(query.doi, context, { scope, taking: ownOf(actor), language })
  }),
  handleRoute(contract.listJournalLists, async (_, { db }: Context) => {
    return { items: await readJournalLists(db) }
  }),
  handleRoute(contract.putJournalList, async ({ body, file, language }, { db }: Context) => {
    if (!file) throw new UstazError('publications.list-empty', { status: 400 })
    if (file.content.length > contract.listMegabytes * megabyte) {
      const params = { limit: contract.listMegabytes }
      throw new UstazError('publications.list-too-large', { status: 413, params })
    }
    const { state, rows, refused, droppedIssns } = await loadJournalList(db, { ...body, file: file.content })
    const named = refused.slice(0, contract.refusedRowsShown).map(({ line, reason, params, excerpt }) => {
      return { line, reason: textOf(language, 'refusals', { code: reason, params }), excerpt }
    })
    return { state, rows, refusedRows: refused.length, refused: named, droppedIssns }
  }),
  handleRoute(contract.searchJournals, async ({ query }, { db }: Context) => {
    return await searchJournals(db, query)
  }),
  handleRoute(contract.suggestJournals, async ({ body, language }, context: Context) => {
    return { items: await suggestJournals(context, body, language) }
  }),
]
