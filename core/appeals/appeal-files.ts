import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { cleanFileName } from '../evidence/file-name.ts'
import { detectMediaType } from '../evidence/media-type.ts'
import { scanFile } from '../evidence/scan-file.ts'
import { FileAnswer } from '../plugin/route.ts'
import type { Actor, UploadedFile } from '../plugin/route.ts'
import { openAppeal, openForStep } from './open-appeal.ts'
import { recordChange } from './record-change.ts'

type Context = Pick<AppContext, 'config' | 'db' | 'files' | 'now'>
const maxBytes = 10_000_000
const maxFiles = 10
/** What a reviewer can read anywhere. */
const mediaTypes = ['application/pdf', 'image/png', 'image/jpeg']

/**
 * Attaches a file to an appeal that is not answered. What it is, is told by its content; the same content again changes nothing. Throws
 * `file-empty`, `evidence-file-too-large` (413), `file-type` (415), `files-too-many`, and what `scanFile` and `openForStep` throw.
 */
export async function attachToAppeal(
  context: Context,
  actor: Actor,
  id: number,
  file: UploadedFile,
): Promise<void> {
  const { db, files, now } = context
  await openAppeal(db, actor, id)
  const described = await describe(file)
  await scanFile(context, described.name, file.content)
  const stored = await files.put(file.content)
  await db.transaction().execute(async (trx) => {
    await openForStep(trx, actor, id, 'attach')
    const there = await trx.selectFrom('appeal_file').select('sha256').where('appeal_id', '=', id).execute()
    if (there.some(({ sha256 }) => sha256 === stored.sha256)) return
    if (there.length >= maxFiles)
      throw new UstazError('files-too-many', { status: 409, params: { maxFiles } })
    const { accountId } = actor
    const at = now()
    await trx
      .insertInto('appeal_file')
      .values({ appeal_id: id, ...described, ...stored, uploaded_by: accountId, uploaded_at: at })
      .execute()
    await recordChange(trx, { appealId: id, accountId, at, action: 'attach', reason: described.name })
  })
}

async function describe({ name, content }: UploadedFile): Promise<{ name: string; media_type: string }> {
  if (content.length === 0) throw new UstazError('file-empty', { status: 400, params: { name } })
  if (content.length > maxBytes)
    throw new UstazError('evidence-file-too-large', { status: 413, params: { name, maxBytes } })
  const type = await detectMediaType(content)
  if (!type || !mediaTypes.includes(type.mediaType)) {
    const params = { name, mediaType: type?.mediaType ?? null, mediaTypes }
    throw new UstazError('file-type', { status: 415, params })
  }
  return { name: cleanFileName(name, type.extensions), media_type: type.mediaType }
}

/** A file for whoever may see the appeal, as bytes to be saved. Throws `appeal-not-found`, `file-not-found`, `file-lost` (500). */
export async function downloadAppealFile(
  { db, files }: Pick<Context, 'db' | 'files'>,
  actor: Actor,
  { teacherId, id, fileId }: { teacherId: number; id: number; fileId: number },
): Promise<FileAnswer> {
  const { appeal } = await openAppeal(db, actor, id)
  const file = await db
    .selectFrom('appeal_file')
    .select(['name', 'sha256'])
    .where('appeal_id', '=', id)
    .where('id', '=', fileId)
    .executeTakeFirst()
  if (!file || appeal.teacher_id !== teacherId)
    throw new UstazError('file-not-found', { status: 404, params: { file: fileId } })
  const content = await files.open(file.sha256)
  if (!content) throw new UstazError('file-lost', { status: 500, params: { ...file } })
  return new FileAnswer({ name: file.name, mediaType: 'application/octet-stream', content })
}
