import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { checkRevision, lockVersion, refuseFixed } from './lock-version.ts'
import type { LockedVersion } from './lock-version.ts'
import { recordChange } from './record-change.ts'
import { rewriteText } from './rewrite-text.ts'

export interface DraftEdit {
  document: RegulationDocument
  /** YAML the document was read from, with its comments; null: the text that is kept already is rewritten. */
  text: string | null
  accountId: number
  at: Date
  /** Why, where somebody was asked to say. */
  reason?: string
}

/**
 * Writes a draft anew. `revision` is the one that was read: another change in between is refused. The same document again changes nothing, not even the revision. A draft may get another version label
 * that is free, never another code. Throws `regulation-not-found`, `regulation-revision`, `regulation-code-fixed`,
 * `regulation-version-exists`, `regulation-version-fixed`, `regulation-version-used`.
 */
export async function saveDraft(
  db: Kysely<CoreTables>,
  id: number,
  { revision, ...edit }: DraftEdit & { revision: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const version = await lockVersion(trx, id)
    await refuseFixed(trx, version)
    checkRevision(version, revision)
    await refuseOtherName(trx, version, edit.document)
    await writeDraft(trx, version, edit)
  })
}

/** Writes what a locked draft says from now on, as its next revision, with who and when; the same once more is no change. */
export async function writeDraft(
  trx: Transaction<CoreTables>,
  version: LockedVersion,
  edit: DraftEdit,
): Promise<void> {
  const { document, accountId, at, reason = null } = edit
  const text = textOf(version, edit)
  const hash = hashDocument(document)
  if (hash === version.hash && text === version.source_text) return
  const revision = version.revision + 1
  await trx
    .updateTable('regulation_version')
    .set({ version: document.version, document: JSON.stringify(document), source_text: text, hash, revision })
    .where('id', '=', version.id)
    .execute()
  await recordChange(trx, { versionId: version.id, revision, accountId, at, action: 'edit', hash, reason })
}

function textOf(version: LockedVersion, { document, text }: DraftEdit): string | null {
  const base = text ?? version.source_text
  return base === null ? null : rewriteText(base, document)
}

async function refuseOtherName(
  trx: Transaction<CoreTables>,
  before: LockedVersion,
  { code, version }: RegulationDocument,
): Promise<void> {
  if (code !== before.code) {
    throw new UstazError('regulation-code-fixed', { status: 422, params: { code: before.code } })
  }
  if (version !== before.version)
    await refuseTaken(trx, { regulationId: before.regulation_id, code, version })
}

/** Throws `regulation-version-exists` (409) if the regulation has such a version. */
export async function refuseTaken(
  trx: Transaction<CoreTables>,
  { regulationId, code, version }: { regulationId: number; code: string; version: string },
): Promise<void> {
  const taken = await trx
    .selectFrom('regulation_version')
    .select('id')
    .where('regulation_id', '=', regulationId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (taken) throw new UstazError('regulation-version-exists', { status: 409, params: { code, version } })
}
