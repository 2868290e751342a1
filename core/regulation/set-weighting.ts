import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import type { WeightingChange } from '../plugin/access.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { hashDocument } from './canonical-json.ts'
import { checkWeighting } from './check/weighting.ts'
import { refuseFixed } from './import-draft.ts'

interface By {
  accountId: number
  at: Date
  /** null: no enabled plugin supplies it. */
  findWeighting(id: string): Weighting | null
}

/**
 * Puts a weighting in place of the draft's; the same one again changes nothing. Throws `regulation-not-found`,
 * `regulation-version-fixed`, `regulation-version-used`, `regulation-changed` (not the document any more that it was made for),
 * `regulation-has-issues` with what is wrong with the weighting for these areas.
 */
export async function setWeighting(
  db: Kysely<CoreTables>,
  versionId: number,
  { weighting, hash, ...by }: WeightingChange & By,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const version = await trx
      .selectFrom('regulation_version as v')
      .innerJoin('regulation as r', 'r.id', 'v.regulation_id')
      .select(['v.id', 'v.state', 'v.document', 'v.hash', 'r.code', 'v.version'])
      .where('v.id', '=', versionId)
      .forUpdate('v')
      .executeTakeFirst()
    if (!version) throw new UstazError('regulation-not-found', { status: 404 })
    const before = regulationDocumentSchema.parse(version.document)
    await refuseFixed(trx, version, before)
    if (version.hash !== hash) throw new UstazError('regulation-changed', { status: 409 })
    const document = { ...before, weighting }
    refuseFaulty(document, by)
    const stored = { document: JSON.stringify(document), hash: hashDocument(document) }
    await trx.updateTable('regulation_version').set(stored).where('id', '=', versionId).execute()
  })
}

function refuseFaulty(document: RegulationDocument, { findWeighting }: By): void {
  const issues = checkWeighting(document, { weighting: findWeighting })
  if (issues.length === 0) return
  throw new UstazError('regulation-has-issues', { status: 422, params: { count: issues.length }, issues })
}
