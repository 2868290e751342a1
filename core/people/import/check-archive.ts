import { UstazError } from '../../contract/problem.ts'
import { limits, tooLarge } from './cells.ts'
import { readZipDirectory } from './zip-directory.ts'

/**
 * Holds an archive against the bounds before it is unpacked: what the directory says is what the unpacking allots, so that the sum holds for
 * the memory as well. `part`: what it must have to be of its type. Throws `import-file-unreadable`, `import-file-type`, `import-file-too-large`.
 */
export function checkArchive(archive: Buffer, part: string): void {
  const entries = readZipDirectory(archive)
  if (!entries) return unreadable()
  if (!entries.some(({ path }) => path === part)) throw new UstazError('import-file-type', { status: 415 })
  const unpacked = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0)
  if (unpacked > limits.unpackedBytes) throw tooLarge()
}

export function unreadable(cause?: unknown): never {
  throw new UstazError('import-file-unreadable', { status: 422, params: { line: null }, cause })
}
