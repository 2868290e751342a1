import { createHash } from 'node:crypto'
import type { Language } from '@ustaz/core/contract'
import type { Actor, PluginContext, UploadedFile } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { TeachingTables } from '../../tables.ts'
import type { ImportKind } from '../kind-names.ts'
import type { MoodleOrder } from '../moodle.ts'

type Context = Pick<PluginContext<TeachingTables>, 'db' | 'jobs' | 'now'>

/** A kind of table, or a gradebook of Moodle, with what a person says of the file. */
export type ImportSource =
  | { kind: ImportKind; options: { headings: Readonly<Record<string, string>> } }
  | { kind: 'moodle'; options: MoodleOrder }

export interface ImportRequest {
  source: ImportSource
  file: UploadedFile
  dryRun: boolean
  /** Of the report. */
  language: Language
  actor: Actor
}

/**
 * Puts an import on its way and answers the id of its order at once. The same file, asked for in the same way while it waits or is being
 * worked on, is not taken twice: the order that is there is answered.
 */
export async function orderImport(context: Context, request: ImportRequest): Promise<number> {
  const { source, file, dryRun, language, actor } = request
  const row = {
    kind: source.kind,
    options: JSON.stringify(source.options),
    dry_run: dryRun,
    language,
    file_name: file.name.slice(0, 300),
    sha256: createHash('sha256').update(file.content).digest('hex'),
    bytes: file.content.length,
    content: file.content,
    account_id: actor.accountId,
    account_name: actor.name,
    created_at: context.now(),
  }
  for (;;) {
    const id = await context.db.transaction().execute(async (trx) => {
      const made = await trx
        .insertInto('import_order')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
      if (made) await context.jobs.send('import', { order: made.id }, { trx, key: `order ${made.id}` })
      return made?.id ?? null
    })
    const found = id ?? (await findWaiting(context, row))
    // null: the one that was in the way has ended in the meantime.
    if (found !== null) return found
  }
}

interface Waiting {
  kind: ImportSource['kind']
  options: string
  dry_run: boolean
  sha256: string
}

async function findWaiting(
  { db }: Context,
  { kind, options, dry_run, sha256 }: Waiting,
): Promise<number | null> {
  const waiting = await db
    .selectFrom('import_order')
    .select('id')
    .where('sha256', '=', sha256)
    .where('kind', '=', kind)
    .where('dry_run', '=', dry_run)
    .where(sql<boolean>`options = ${options}::jsonb`)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return waiting?.id ?? null
}
