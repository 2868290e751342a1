import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { CoreTables } from '../database/tables.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { refuseFixed } from './lock-version.ts'
import { readRegulation } from './parse-document.ts'
import { recordChange } from './record-change.ts'

export interface NewDraft {
  document: RegulationDocument
  /** YAML that says the same, with its comments; null: none is kept. */
  text: string | null
  accountId: number
  at: Date
  action: 'create' | 'import'
}

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
  const draft: NewDraft = { document, text: null, accountId, at: new Date(), action: 'import' }
  return await storeDraft(db, draft, { replace: true })
}

/**
 * Reads a regulation (YAML or JSON) and stores it as importDraft does; the comments of YAML are kept. Unless `replace` says that
 * it is meant, a draft that was edited here or brought in by somebody else is not replaced: `regulation-draft-edited` (409).
 * Throws also as readRegulation.
 */
export async function importText(
  db: Kysely<CoreTables>,
  source: string | Uint8Array,
  { replace, ...by }: { accountId: number; at: Date; replace: boolean },
): Promise<number> {
  const { document, text } = readRegulation(source)
  return await storeDraft(db, { document, text, ...by, action: 'import' }, { replace })
}

async function storeDraft(
  db: Kysely<CoreTables>,
  draft: NewDraft,
  { replace }: { replace: boolean },
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const regulationId = await registerRegulation(trx, draft.document.code)
    const existing = await findVersion(trx, regulationId, draft.document.version)
    if (!existing) return await insertDraft(trx, regulationId, draft)
    if (existing.hash === hashDocument(draft.document)) {
      await keepText(trx, existing, draft.text)
      return existing.id
    }
    await refuseFixed(trx, { ...existing, ...draft.document })
    if (!replace) await refuseEdited(trx, existing.id, draft)
    await replaceDraft(trx, existing, draft)
    return existing.id
  })
}

/** Adds a version as a draft and answers its id; the regulation's row must be locked. */
export async function insertDraft(
  trx: Transaction<CoreTables>,
  regulationId: number,
  draft: NewDraft,
): Promise<number> {
  const { document, text, accountId, at, action } = draft
  const hash = hashDocument(document)
  const { id } = await trx
    .insertInto('regulation_version')
    .values({
      regulation_id: regulationId,
      version: document.version,
      document: JSON.stringify(document),
      source_text: text,
      hash,
      created_by: accountId,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordChange(trx, { versionId: id, revision: 1, accountId, at, action, hash })
  return id
}

type ExistingVersion = NonNullable<Awaited<ReturnType<typeof findVersion>>>

async function replaceDraft(
  trx: Transaction<CoreTables>,
  { id, revision: before }: ExistingVersion,
  { document, text, accountId, at }: NewDraft,
): Promise<void> {
  const hash = hashDocument(document)
  const revision = before + 1
  await trx
    .updateTable('regulation_version')
    .set({ document: JSON.stringify(document), source_text: text, hash, revision })
    .where('id', '=', id)
    .execute()
  await recordChange(trx, { versionId: id, revision, accountId, at, action: 'import', hash })
}

/** The same document with other comments: a draft takes them over. */
async function keepText(
  trx: Transaction<CoreTables>,
  { id, state }: ExistingVersion,
  text: string | null,
): Promise<void> {
  if (state !== 'draft' || text === null) return
  await trx.updateTable('regulation_version').set({ source_text: text }).where('id', '=', id).execute()
}

async function refuseEdited(
  trx: Transaction<CoreTables>,
  versionId: number,
  { accountId, document }: NewDraft,
): Promise<void> {
  const last = await trx
    .selectFrom('regulation_change as c')
    .innerJoin('account as a', 'a.id', 'c.account_id')
    .select(['c.action', 'c.account_id', 'a.name'])
    .where('c.version_id', '=', versionId)
    .orderBy('c.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last || (last.action === 'import' && last.account_id === accountId)) return
  throw new UstazError('regulation-draft-edited', {
    status: 409,
    params: { version: document.version, name: last.name },
  })
}

export async function findVersion(trx: Transaction<CoreTables>, regulationId: number, version: string) {
  return await trx
    .selectFrom('regulation_version')
    .select(['id', 'state', 'hash', 'revision'])
    .where('regulation_id', '=', regulationId)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst()
}

/** The row of the regulation, locked, so that two imports of one version wait for each other. */
export async function registerRegulation(trx: Transaction<CoreTables>, code: string): Promise<number> {
  const { id } = await trx
    .insertInto('regulation')
    .values({ code })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ code }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
