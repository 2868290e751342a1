import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { ImportReport } from '../contract/resources/people.ts'
import type { Language } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import { importTable } from '../people/import/import-table.ts'
import { findFinishedRun } from '../rating/results/find-run.ts'
import { oldRatingImport } from './old-rating.ts'

export interface OldRatingOrder {
  runId: number
  /** CSV or XLSX. */
  content: Buffer
  /** true: only say what would be done. */
  dryRun: boolean
  /** Of the report. */
  language: Language
  accountId: number
  at: Date
}

/**
 * Keeps an old rating beside a finished run, whose results are withheld from then on. Throws `run-not-found`, `run-not-done`,
 * `shadow-move-refused` (it is published, or its period has ended), and what an import throws about the file.
 */
export async function importOldRating(db: Kysely<CoreTables>, order: OldRatingOrder): Promise<ImportReport> {
  const { id, snapshotId } = await findFinishedRun(db, order.runId)
  const shadow = await db.selectFrom('shadow').select('state').where('run_id', '=', id).executeTakeFirst()
  if (shadow && shadow.state !== 'review') {
    throw new UstazError('shadow-move-refused', {
      status: 409,
      params: { action: 'import', state: shadow.state },
    })
  }
  return await importTable(db, oldRatingImport({ id, snapshotId }, order), order)
}
