import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { FileAnswer } from '../plugin/route.ts'
import type { Actor } from '../plugin/route.ts'
import { openEntry } from './open-entry.ts'
import type { Entry } from './read-entry.ts'

type Context = Pick<AppContext, 'db' | 'files'>

/**
 * A file for whoever may read the entry; always as bytes to be saved, never as something a browser shows.
 * Throws `file-not-found`, `file-lost` (500) where the record is there and the content is not.
 */
export async function downloadFile(
  context: Context,
  actor: Actor,
  id: number,
  fileId: number,
): Promise<FileAnswer> {
  const { entry } = await openEntry(context.db, actor, id)
  const { name, sha256 } = fileOf(entry, fileId)
  const content = await context.files.open(sha256)
  if (!content) throw new UstazError('file-lost', { status: 500, params: { name, sha256 } })
  return new FileAnswer({ name, mediaType: 'application/octet-stream', content })
}

export function fileOf({ files }: Entry, fileId: number): Entry['files'][number] {
  const file = files.find((one) => one.id === fileId)
  if (!file) throw new UstazError('file-not-found', { status: 404, params: { file: fileId } })
  return file
}
