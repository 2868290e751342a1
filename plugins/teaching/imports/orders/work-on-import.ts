import { UstazError } from '@ustaz/core/contract'
import type { ImportReport } from '@ustaz/core/contract'
import type { PluginContext, TableImport } from '@ustaz/core/plugin'
import type { Selectable } from 'kysely'
import type { ImportOrderTable, TeachingTables } from '../../tables.ts'
import { importKind } from '../kinds.ts'
import { readMoodle } from '../moodle.ts'
import type { ImportStage } from './stages.ts'

type Context = PluginContext<TeachingTables>
type Order = Selectable<ImportOrderTable>

/** How often work is begun that ends neither well nor with a reason: the process dies, the database goes away. */
const mostAttempts = 3

class Cancelled extends Error {}

/**
 * Works on an order to its end: done with its report, refused with its reason, or cancelled. What is written is one transaction, so whoever
 * dies in the middle leaves nothing, and another worker begins anew; where only the note of the end was lost, the next finds everything
 * written and nothing to do.
 */
export async function workOnImport(context: Context, orderId: number, signal: AbortSignal): Promise<void> {
  const order = await begin(context, orderId)
  if (!order) return
  try {
    if (order.attempts > mostAttempts) throw crashed()
    const report = await read(context, order, signal)
    await end(context, orderId, { state: 'done', report: JSON.stringify(report) })
  } catch (error) {
    if (signal.aborted) throw error
    if (error instanceof Cancelled) {
      await end(context, orderId, { state: 'cancelled' })
      return
    }
    const refused = error instanceof UstazError
    if (!refused && order.attempts < mostAttempts) throw error
    if (!refused)
      context.log.error(`import ${orderId}: ${error instanceof Error ? error.message : String(error)}`)
    const { code, status, params } = refused ? error : crashed()
    await end(context, orderId, { state: 'failed', failure: JSON.stringify({ code, status, params }) })
  }
}

const crashed = () => new UstazError('teaching.import-crashed', { status: 500 })

/** null: there is nothing left to do. */
async function begin({ db }: Context, id: number): Promise<Order | null> {
  const begun = await db
    .updateTable('import_order')
    .set((eb) => ({ state: 'running', stage: 'reading', attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst()
  return begun ?? null
}

async function read(context: Context, order: Order, signal: AbortSignal): Promise<ImportReport> {
  const stage = async (name: ImportStage) => await enterStage(context, order.id, name, signal)
  await stage('reading')
  const cells = await context.tables.read(order.content!)
  const { options, language, dry_run: dryRun } = order
  if (order.kind === 'moodle') {
    const kind = inStages(await importKind('grades', context), stage)
    return await context.tables.import(kind, { cells: readMoodle(cells, options as never), dryRun, language })
  }
  const kind = inStages(await importKind(order.kind, context), stage)
  return await context.tables.import(kind, {
    cells,
    dryRun,
    language,
    headings: options['headings'] as never,
  })
}

/** Says how far it is, outside of the transaction of the import; throws where it is to be cancelled, or this process stops. */
async function enterStage(
  { db }: Context,
  id: number,
  stage: ImportStage,
  signal: AbortSignal,
): Promise<void> {
  const order = await db
    .updateTable('import_order')
    .set({ stage })
    .where('id', '=', id)
    .returning('cancel_requested')
    .executeTakeFirst()
  if (signal.aborted || order?.cancel_requested !== false) throw new Cancelled(`import ${id} is cancelled`)
}

/** The same kind, which says where it is and stops between its steps. */
function inStages(
  kind: TableImport<TeachingTables>,
  enter: (stage: ImportStage) => Promise<void>,
): TableImport<TeachingTables> {
  return {
    ...kind,
    async readKnown(trx, lines) {
      await enter('comparing')
      return await kind.readKnown(trx, lines)
    },
    async insert(trx, rows) {
      await enter('writing')
      await kind.insert(trx, rows)
    },
    async update(trx, rows) {
      await enter('writing')
      await kind.update(trx, rows)
    },
    async finish(trx, written) {
      await enter('results')
      await kind.finish?.(trx, written)
    },
  }
}

type Ending =
  { state: 'done'; report: string } | { state: 'failed'; failure: string } | { state: 'cancelled' }

async function end({ db, now }: Context, id: number, ending: Ending): Promise<void> {
  await db
    .updateTable('import_order')
    .set({ ...ending, stage: null, content: null, ended_at: now() })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}
