import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { Fault } from '../contract/problem.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'

/**
 * Approves a draft: from then on it cannot be changed. `check` answers what stands in the way. Throws
 * `regulation-not-found`, `regulation-move-refused` (no draft), `regulation-has-issues` with the list.
 */
export async function approveVersion(
  db: Kysely<CoreTables>,
  id: number,
  by: { accountId: number; at: Date; check(document: RegulationDocument): readonly Fault[] },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { document } = await lockVersion(trx, id, { from: 'draft', action: 'approve' })
    const issues = by.check(regulationDocumentSchema.parse(document))
    if (issues.length > 0) {
      throw new UstazError('regulation-has-issues', { status: 422, params: { count: issues.length }, issues })
    }
    await trx
      .updateTable('regulation_version')
      .set({ state: 'approved', approved_by: by.accountId, approved_at: by.at })
      .where('id', '=', id)
      .execute()
  })
}

/** Retires an approved version: nothing is deleted, it is only not offered any more. Throws as approveVersion. */
export async function retireVersion(db: Kysely<CoreTables>, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockVersion(trx, id, { from: 'approved', action: 'retire' })
    await trx.updateTable('regulation_version').set({ state: 'retired' }).where('id', '=', id).execute()
  })
}

async function lockVersion(trx: Transaction<CoreTables>, id: number, move: { from: string; action: string }) {
  const version = await trx
    .selectFrom('regulation_version')
    .select(['state', 'document'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!version) throw new UstazError('regulation-not-found', { status: 404 })
  if (version.state !== move.from) {
    throw new UstazError('regulation-move-refused', {
      status: 409,
      params: { action: move.action, state: version.state },
    })
  }
  return version
}
