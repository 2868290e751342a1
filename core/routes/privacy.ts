import type { AppContext } from '../app-context.ts'
import { entryInWords, tableTitle } from '../audit/entry-words.ts'
import { listAuditedTables, listEntries } from '../audit/list-entries.ts'
import { readHead } from '../audit/verify-chain.ts'
import * as contract from '../contract/resources/privacy.ts'
import { FileAnswer, handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { exportPerson } from '../privacy/export-person.ts'
import { listAccesses } from '../privacy/list-accesses.ts'
import { readDeclarations, readRegister } from '../privacy/register.ts'
import { createRequest, decideRequest, getRequest, grantedExport, listRequests } from '../privacy/requests.ts'
import { registerReport } from '../reports/register-report.ts'
import { writeTable } from '../reports/table-file.ts'

export const privacyRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listAuditEntries, async ({ query, language }, { db }: AppContext) => {
    const [entries, tables, head] = await Promise.all([
      listEntries(db, query),
      listAuditedTables(db),
      readHead(db),
    ])
    return {
      ...entries,
      items: entries.items.map((entry) => entryInWords(entry, language)),
      tables: tables.map((name) => ({ name, title: tableTitle(name, language) })),
      head,
    }
  }),
  handleRoute(contract.listDataAccesses, async ({ query, scope }, { db }: AppContext) => {
    return await listAccesses(db, scope, query)
  }),
  handleRoute(contract.getPersonalDataRegister, async ({ language }, { host }: AppContext) => ({
    items: readRegister(host, language),
  })),
  handleRoute(contract.exportPersonalDataRegister, async ({ query, language }, { host }: AppContext) => {
    return await writeTable(registerReport(readRegister(host, language), language), query.format)
  }),
  handleRoute(contract.listDataRequests, async ({ query, scope }, { db }: AppContext) => {
    return await listRequests(db, scope, query)
  }),
  handleRoute(contract.askAboutData, async ({ actor, body, scope }, { db, now }: AppContext) => {
    return await getRequest(db, scope, await createRequest(db, actor, { ...body, at: now() }))
  }),
  handleRoute(contract.decideDataRequest, async ({ actor, params, body, scope }, context: AppContext) => {
    const { db, host, now } = context
    await decideRequest(db, readDeclarations(host), { ...params, ...body, actor, at: now() })
    return await getRequest(db, scope, params.id)
  }),
  handleRoute(contract.withdrawDataRequest, async ({ actor, params }, { db, now }: AppContext) => {
    const decision = { id: params.id, action: 'withdraw', actor, answer: null, at: now() } as const
    await decideRequest(db, [], decision)
    return undefined
  }),
  handleRoute(contract.downloadOwnData, async ({ actor, params, language }, context: AppContext) => {
    const { db, files, host } = context
    const teacherId = await grantedExport(db, actor, params.id)
    const content = exportPerson({ db, files, teacherId, language, declarations: readDeclarations(host) })
    return new FileAnswer({ name: `ustaz-data-${params.id}.zip`, mediaType: 'application/zip', content })
  }),
]
