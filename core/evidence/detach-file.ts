import type { AppContext } from '../app-context.ts'
import type { Actor } from '../plugin/route.ts'
import { fileOf } from './download-file.ts'
import { openToChange } from './open-entry.ts'
import { recordChange } from './record-change.ts'
import { touchEntry } from './write-entry.ts'

type Context = Pick<AppContext, 'db' | 'now'>

/** Takes a file off a draft or returned entry; its content stays until it is deleted as unused. Throws `file-not-found`. */
export async function detachFile(
  { db, now }: Context,
  actor: Actor,
  id: number,
  fileId: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const entry = await openToChange(trx, actor, id)
    const { name, media_type: mediaType, bytes, sha256 } = fileOf(entry, fileId)
    await trx.deleteFrom('evidence_file').where('id', '=', fileId).execute()
    const [at, { state }] = [now(), entry.evidence]
    await touchEntry(trx, id, {}, at)
    const change = { evidenceId: id, accountId: actor.accountId, at, from: state, to: state }
    await recordChange(trx, {
      ...change,
      action: 'detach',
      before: { '/files': { name, mediaType, bytes, sha256 } },
    })
  })
}
