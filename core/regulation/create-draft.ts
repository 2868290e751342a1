import type { Kysely } from 'kysely'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import { insertDraft, registerRegulation } from './import-draft.ts'
import { lockVersion } from './lock-version.ts'
import { rewriteText } from './rewrite-text.ts'
import { refuseTaken } from './save-draft.ts'

interface By {
  accountId: number
  at: Date
}

/**
 * Copies a version, whatever its state, into a new draft with another label and answers its id. Comments come along.
 * Throws `regulation-not-found`, `regulation-version-exists`.
 */
export async function copyAsDraft(
  db: Kysely<CoreTables>,
  id: number,
  { version, ...by }: By & { version: string },
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const source = await lockVersion(trx, id)
    const regulationId = await registerRegulation(trx, source.code)
    await refuseTaken(trx, { regulationId, code: source.code, version })
    const document = { ...regulationDocumentSchema.parse(source.document), version }
    const text = source.source_text === null ? null : rewriteText(source.source_text, document)
    return await insertDraft(trx, regulationId, { document, text, ...by, action: 'create' })
  })
}

/** Stores a first draft of a regulation and answers its id. Throws `regulation-version-exists`. */
export async function createDraft(
  db: Kysely<CoreTables>,
  document: RegulationDocument,
  by: By,
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const { code, version } = document
    const regulationId = await registerRegulation(trx, code)
    await refuseTaken(trx, { regulationId, code, version })
    return await insertDraft(trx, regulationId, { document, text: null, ...by, action: 'create' })
  })
}
