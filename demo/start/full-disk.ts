import { statfs } from 'node:fs/promises'
import { UstazError } from '../../core/contract/problem.ts'

/** What a demonstration takes on the disk, measured with 60, 2,000 and 10,000 teachers (80, 655 and 3,136 MB). */
export function megabytesFor(teachers: number): number {
  return Math.ceil((75 + 0.31 * teachers) / 10) * 10
}

/** PostgreSQL's code for a full disk (errcodes, class 53). */
const diskFull = '53100'
/** With less than this left the server may stop without a word. */
const nothingLeftBytes = 20_000_000

/** Says that the disk is full where that is what an error comes from; other errors stay as they are. */
export async function explainFullDisk(
  error: unknown,
  { dataDir, teachers }: { dataDir: string; teachers: number },
): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const isOurs = error instanceof UstazError
  if (isOurs || (code !== diskFull && code !== 'ENOSPC' && !(await isFull(dataDir)))) return error
  return new UstazError('demo.disk-full', { params: { megabytes: megabytesFor(teachers) }, cause: error })
}

/** false also where there is no such folder. */
async function isFull(folder: string): Promise<boolean> {
  const found = await statfs(folder).catch(() => null)
  return found !== null && found.bavail * found.bsize < nothingLeftBytes
}
