import type { Kysely } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import type { WeightingChange } from '../plugin/access.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { checkWeighting } from './check/weighting.ts'
import { lockVersion, refuseFixed } from './lock-version.ts'
import { writeDraft } from './save-draft.ts'

interface By {
  accountId: number
  at: Date
  /** null: no enabled plugin supplies it. */
  findWeighting(id: string): Weighting | null
}

/**
 * Puts a weighting in place of the draft's; the history says who did it and why. The same one again changes nothing. Throws `regulation-not-found`,
 * `regulation-version-fixed`, `regulation-version-used`, `regulation-changed` (not the document any more that it was made for),
 * `regulation-has-issues` with what is wrong with the weighting for these areas.
 */
export async function setWeighting(
  db: Kysely<CoreTables>,
  versionId: number,
  { weighting, hash, reason, ...by }: WeightingChange & By,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const version = await lockVersion(trx, versionId)
    await refuseFixed(trx, version)
    if (version.hash !== hash) throw new UstazError('regulation-changed', { status: 409 })
    const document = { ...regulationDocumentSchema.parse(version.document), weighting }
    refuseFaulty(document, by)
    await writeDraft(trx, version, { document, text: null, accountId: by.accountId, at: by.at, reason })
  })
}

function refuseFaulty(document: RegulationDocument, { findWeighting }: By): void {
  const issues = checkWeighting(document, { weighting: findWeighting })
  if (issues.length === 0) return
  throw new UstazError('regulation-has-issues', { status: 422, params: { count: issues.length }, issues })
}
