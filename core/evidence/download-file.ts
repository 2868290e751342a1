import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { FileAnswer } from '../plugin/route.ts'
import type { Actor } from '../plugin/route.ts'
import { openEntry } from './open-entry.ts'
import type { Entry } from './read-entry.ts'
import { scanFile } from './scan-file.ts'

type Context = Pick<AppContext, 'config' | 'db' | 'files' | 'now'>

/**
 * A file for whoever may read the entry; always as bytes to be saved, never as something a browser shows.
 * One that came before there was a scanner is scanned first. Throws `file-not-found`, `file-lost` (500) where the record is there and
 * the content is not, and what `scanFile` throws.
 */
export async function downloadFile(
  context: Context,
  actor: Actor,
  id: number,
  fileId: number,
): Promise<FileAnswer> {
  const { entry } = await openEntry(context.db, actor, id)
  const { name, sha256, scanned_at } = fileOf(entry, fileId)
  const content = await context.files.open(sha256)
  if (!content) throw new UstazError('file-lost', { status: 500, params: { name, sha256 } })
  const isWaiting = scanned_at === null && context.config.clamdUrl !== null
  const given = isWaiting ? await scanned(context, { fileId, name, content }) : content
  return new FileAnswer({ name, mediaType: 'application/octet-stream', content: given })
}

async function scanned(
  context: Context,
  { fileId, name, content }: { fileId: number; name: string; content: Readable },
): Promise<Buffer> {
  const whole = await buffer(content)
  const scannedAt = await scanFile(context, name, whole)
  if (scannedAt) {
    await context.db
      .updateTable('evidence_file')
      .set({ scanned_at: scannedAt })
      .where('id', '=', fileId)
      .execute()
  }
  return whole
}

export function fileOf({ files }: Entry, fileId: number): Entry['files'][number] {
  const file = files.find((one) => one.id === fileId)
  if (!file) throw new UstazError('file-not-found', { status: 404, params: { file: fileId } })
  return file
}
