import { UstazError } from '@ustaz/core/contract'
import type { ImportReport, Page } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import type { Kysely } from 'kysely'
import type { ImportOrder } from '../../contract.ts'
import type { TeachingTables } from '../../tables.ts'
import { importStages } from './stages.ts'

type Db = Kysely<TeachingTables>

const columns = [
  'id',
  'kind',
  'dry_run',
  'file_name',
  'account_name',
  'created_at',
  'state',
  'stage',
  'ended_at',
] as const

/** Newest first. */
export async function listOrders(
  db: Db,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<ImportOrder>> {
  const query = db.selectFrom('import_order')
  const { total } = await query
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await query
    .select([...columns, 'cancel_requested'])
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map(orderOf), total, page, pageSize }
}

/** Throws `teaching.import-not-found`. */
export async function readOrder(db: Db, id: number): Promise<ImportOrder> {
  const row = await db
    .selectFrom('import_order')
    .select([...columns, 'cancel_requested'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound(id)
  return orderOf(row)
}

type Row = {
  id: number
  kind: string
  dry_run: boolean
  file_name: string
  account_name: string
  created_at: Date
  state: ImportOrder['state']
  stage: ImportOrder['stage']
  ended_at: Date | null
  cancel_requested: boolean
}

function orderOf(row: Row): ImportOrder {
  return {
    id: row.id,
    kind: row.kind as ImportOrder['kind'],
    dryRun: row.dry_run,
    fileName: row.file_name,
    by: row.account_name,
    createdAt: row.created_at.toISOString(),
    state: row.state,
    stage: row.stage,
    fraction: row.ended_at ? 1 : row.stage ? importStages[row.stage] : 0,
    stops: row.cancel_requested && row.ended_at === null,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

/**
 * What came of an import. Throws what stood in its way, as if it had been done at once; `teaching.import-not-found`,
 * `teaching.import-not-ended` (409), `teaching.import-cancelled` (409).
 */
export async function readReport(db: Db, id: number): Promise<ImportReport> {
  const order = await db
    .selectFrom('import_order')
    .select(['state', 'report', 'failure'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!order) throw notFound(id)
  if (order.report) return order.report
  if (order.failure) throw new UstazError(order.failure.code, order.failure)
  const code = order.state === 'cancelled' ? 'import-cancelled' : 'import-not-ended'
  throw new UstazError(`teaching.${code}`, { status: 409, params: { id } })
}

/**
 * Has an import stop: at once where it waits, at its next step where it is being worked on. Throws `teaching.import-not-found`,
 * `teaching.import-ended` (409).
 */
export async function cancelImport(
  { db, now }: Pick<PluginContext<TeachingTables>, 'db' | 'now'>,
  id: number,
): Promise<void> {
  const waiting = await db
    .updateTable('import_order')
    .set({ state: 'cancelled', cancel_requested: true, content: null, ended_at: now() })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  if (waiting.numUpdatedRows > 0n) return
  const running = await db
    .updateTable('import_order')
    .set({ cancel_requested: true })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (running.numUpdatedRows > 0n) return
  await readOrder(db, id)
  throw new UstazError('teaching.import-ended', { status: 409, params: { id } })
}

const daysKept = 365

/** Forgets what was asked for long ago. */
export async function deleteOldOrders({
  db,
  now,
}: Pick<PluginContext<TeachingTables>, 'db' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - daysKept * 86_400_000)
  await db.deleteFrom('import_order').where('ended_at', '<', before).execute()
}

const notFound = (id: number) => new UstazError('teaching.import-not-found', { status: 404, params: { id } })
