import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import type { Actor, UploadedFile } from '../plugin/route.ts'
import { evidenceKind } from './evidence-kind.ts'
import { cleanFileName } from './file-name.ts'
import type { StoredFile } from './file-store.ts'
import { detectMediaType } from './media-type.ts'
import { checkStep, openEntry, openToChange } from './open-entry.ts'
import { scanFile } from './scan-file.ts'
import { recordChange } from './record-change.ts'
import { touchEntry } from './write-entry.ts'

type Context = Pick<AppContext, 'config' | 'db' | 'host' | 'files' | 'now'>
type Described = StoredFile & { name: string; mediaType: string; scannedAt: Date | null }

/** No file is larger, whatever a kind allows. */
export const maxFileBytes = 10_000_000
/** Files of one entry. */
const maxFiles = 20

/**
 * Attaches a file to a draft or returned entry. What it is, is told by its content. The same content again changes nothing.
 * Throws `file-empty`, `evidence-file-too-large` (413), `file-type` (415), `files-too-many`, what `scanFile` throws, and what `openToChange` throws.
 */
export async function attachFile(
  context: Context,
  actor: Actor,
  id: number,
  file: UploadedFile,
): Promise<void> {
  const opened = await openEntry(context.db, actor, id)
  checkStep(opened, 'edit')
  const { name, mediaType } = await describe(
    evidenceKind(context.host, opened.entry.evidence.indicator),
    file,
  )
  const scannedAt = await scanFile(context, name, file.content)
  // Stored before it is recorded: a record never points to nothing; what is never recorded is deleted as unused.
  const stored = await context.files.put(file.content)
  await context.db
    .transaction()
    .execute((trx) =>
      recordFile(trx, { actor, id, file: { ...stored, name, mediaType, scannedAt }, at: context.now() }),
    )
}

async function describe({ files }: EvidenceKind<never>, { name, content }: UploadedFile) {
  const maxBytes = Math.min(files.maxBytes, maxFileBytes)
  if (content.length === 0) throw new UstazError('file-empty', { status: 400, params: { name } })
  if (content.length > maxBytes)
    throw new UstazError('evidence-file-too-large', { status: 413, params: { name, maxBytes } })
  const type = await detectMediaType(content)
  if (!type || !files.mediaTypes.includes(type.mediaType)) {
    const params = { name, mediaType: type?.mediaType ?? null, mediaTypes: [...files.mediaTypes] }
    throw new UstazError('file-type', { status: 415, params })
  }
  return { name: cleanFileName(name, type.extensions), mediaType: type.mediaType }
}

async function recordFile(
  trx: Transaction<CoreTables>,
  { actor, id, file, at }: { actor: Actor; id: number; file: Described; at: Date },
): Promise<void> {
  const { evidence, files } = await openToChange(trx, actor, id)
  if (files.some(({ sha256 }) => sha256 === file.sha256)) return
  if (files.length >= maxFiles) throw new UstazError('files-too-many', { status: 409, params: { maxFiles } })
  const { name, mediaType, bytes, sha256, scannedAt } = file
  const uploaded = { uploaded_by: actor.accountId, uploaded_at: at }
  await trx
    .insertInto('evidence_file')
    .values({
      evidence_id: id,
      name,
      media_type: mediaType,
      bytes,
      sha256,
      scanned_at: scannedAt,
      ...uploaded,
    })
    .execute()
  await touchEntry(trx, id, {}, at)
  const change = { evidenceId: id, accountId: actor.accountId, at, from: evidence.state, to: evidence.state }
  await recordChange(trx, {
    ...change,
    action: 'attach',
    after: { '/files': { name, mediaType, bytes, sha256 } },
  })
}
