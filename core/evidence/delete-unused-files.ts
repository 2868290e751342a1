import type { AppContext } from '../app-context.ts'

/** A file put and not yet recorded is at most this old. */
const graceMs = 24 * 60 * 60 * 1000

/** Deletes contents that no evidence and no appeal names any more, and remains of interrupted uploads; answers how many contents went. */
export async function deleteUnusedFiles({
  db,
  files,
  now,
}: Pick<AppContext, 'db' | 'files' | 'now'>): Promise<number> {
  return await files.deleteUnused(new Date(now().getTime() - graceMs), async (hashes) => {
    const rows = await db
      .selectFrom('evidence_file')
      .select('sha256')
      .where('sha256', 'in', hashes)
      .union(db.selectFrom('appeal_file').select('sha256').where('sha256', 'in', hashes))
      .execute()
    return new Set(rows.map(({ sha256 }) => sha256))
  })
}
