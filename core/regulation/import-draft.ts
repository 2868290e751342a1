import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import { hasRuns } from '../rating/results/has-runs.ts'
import { hashDocument } from './canonical-json.ts'

/**
 * Stores a document as a draft and answers its id. A draft of the same version is replaced; the same document once more
 * changes nothing, whatever its state. Throws `regulation-version-fixed` (approved, retired) and `regulation-version-used`
 * (a trial run was computed by it): a different document then needs a new version.
 */
export async function importDraft(
  db: Kysely<CoreTables>,
  document: RegulationDocument,
  accountId: number,
): Promise<number> {
  const stored = { document: JSON.stringify(document), hash: hashDocument(document), created_by: accountId }
  return await db.transaction().execute(async (trx) => {
    const regulationId = await registerRegulation(trx, document.code)
    const existing = await trx
      .selectFrom('regulation_version')
      .select(['id', 'state', 'hash'])
      .where('regulation_id', '=', regulationId)
      .where('version', '=', document.version)
      .forUpdate()
      .executeTakeFirst()
    if (!existing) {
      const { id } = await trx
        .insertInto('regulation_version')
        .values({ regulation_id: regulationId, version: document.version, ...stored })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    }
    if (existing.hash === stored.hash) return existing.id
    await refuseFixed(trx, existing, document)
    await trx
      .updateTable('regulation_version')
      .set({ ...stored, created_at: new Date() })
      .where('id', '=', existing.id)
      .execute()
    return existing.id
  })
}

/** The row of the regulation, locked, so that two imports of one version wait for each other. */
async function registerRegulation(trx: Transaction<CoreTables>, code: string): Promise<number> {
  const { id } = await trx
    .insertInto('regulation')
    .values({ code })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ code }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function refuseFixed(
  trx: Transaction<CoreTables>,
  existing: { id: number; state: string },
  { code, version }: RegulationDocument,
): Promise<void> {
  if (existing.state !== 'draft') {
    throw new UstazError('regulation-version-fixed', {
      status: 409,
      params: { code, version, state: existing.state },
    })
  }
  if (await hasRuns(trx, existing.id)) {
    throw new UstazError('regulation-version-used', { status: 409, params: { code, version } })
  }
}
