import { UstazError } from '@ustaz/core/contract'
import { handleRoute } from '@ustaz/core/plugin'
import type { PluginContext, RouteHandler, Scope, UploadedFile } from '@ustaz/core/plugin'
import * as contract from './contract.ts'
import { importKind } from './imports/kinds.ts'
import { orderImport } from './imports/orders/order-import.ts'
import { cancelImport, listOrders, readOrder, readReport } from './imports/orders/read-orders.ts'
import { listResults, listYears, readResult } from './results/read-results.ts'
import type { ResultKey } from './results/result-key.ts'
import { reviewResult } from './results/review-result.ts'
import type { TeachingTables } from './tables.ts'

type Context = PluginContext<TeachingTables>

/** Names by id; a teacher who is no longer there keeps the number. */
async function namesOf({ people }: Context): Promise<(id: number) => string> {
  const teachers = await people.listTeachers()
  const names = new Map(
    teachers.map(({ id, familyName, givenName, patronymic }) => [
      id,
      [familyName, givenName, patronymic].filter((part) => part !== null).join(' '),
    ]),
  )
  return (id) => names.get(id) ?? String(id)
}

async function detail(context: Context, scope: Scope, key: ResultKey): Promise<contract.ResultDetail> {
  const found = await readResult(context.db, await context.people.teachersIn(scope), key)
  return { ...found, teacher: (await namesOf(context))(found.teacherId) }
}

function given(file: UploadedFile | null): UploadedFile {
  if (!file) throw new UstazError('import-file-missing', { status: 400 })
  return file
}

export const routes: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listYears, async ({ scope }, { db, people }: Context) => {
    return { years: await listYears(db, await people.teachersIn(scope)) }
  }),
  handleRoute(contract.listResults, async ({ query, scope }, context: Context) => {
    const { items, ...page } = await listResults(context.db, await context.people.teachersIn(scope), query)
    const nameOf = await namesOf(context)
    return { ...page, items: items.map((item) => ({ ...item, teacher: nameOf(item.teacherId) })) }
  }),
  handleRoute(contract.getResult, async ({ params, scope }, context: Context) => {
    return await detail(context, scope, params)
  }),
  handleRoute(contract.reviewResult, async ({ params, body, actor, scope }, context: Context) => {
    await reviewResult(context.db, params, { ...body, actor, at: context.now() })
    return await detail(context, scope, params)
  }),
  handleRoute(contract.importTable, async ({ params, body, file, language, actor }, context: Context) => {
    const { dryRun, headings } = body
    const source = { kind: params.kind, options: { headings } }
    const request = { source, file: given(file), dryRun, language, actor }
    return await readOrder(context.db, await orderImport(context, request))
  }),
  handleRoute(contract.importMoodle, async ({ body, file, language, actor }, context: Context) => {
    const { dryRun, item, ...order } = body
    const source = { kind: 'moodle' as const, options: { ...order, ...(item ? { item } : {}) } }
    const request = { source, file: given(file), dryRun, language, actor }
    return await readOrder(context.db, await orderImport(context, request))
  }),
  handleRoute(contract.listImports, async ({ query }, { db }: Context) => await listOrders(db, query)),
  handleRoute(contract.getImport, async ({ params }, { db }: Context) => await readOrder(db, params.id)),
  handleRoute(contract.getImportReport, async ({ params }, { db }: Context) => {
    return await readReport(db, params.id)
  }),
  handleRoute(contract.cancelImport, async ({ params }, context: Context) => {
    await cancelImport(context, params.id)
    return await readOrder(context.db, params.id)
  }),
  handleRoute(contract.getHeadings, async ({ file }, { tables }: Context) => {
    const { rows } = await tables.read(given(file).content)
    const header = rows.find((row) => row.some((cell) => cell.trim() !== '')) ?? []
    return { headings: header.map((cell) => cell.trim()).filter((cell) => cell !== '') }
  }),
  handleRoute(contract.getTemplate, async ({ params, query, language }, context: Context) => {
    return await context.tables.template(await importKind(params.kind, context), query.format, language)
  }),
]
