import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { UstazError } from '../../contract/problem.ts'

/**
 * Makes this process the only one that works on a data folder, which need not exist yet (its parent must); answers how to let
 * go. The claim is a socket in Linux'
 * abstract namespace: the kernel drops it with the process, however that ends, so no stale lock file can remain.
 * Throws `embedded-database-in-use` if another living process holds it.
 */
export async function claimFolder(dataDir: string): Promise<() => Promise<void>> {
  const key = createHash('sha256')
    .update(join(realpathSync(dirname(dataDir)), basename(dataDir)))
    .digest('hex')
    .slice(0, 32)
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(inUse(dataDir, cause))
    })
    server.listen({ path: `\0ustaz-database-${key}` }, resolve)
  })
  server.unref()
  return async () =>
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve()
      })
    })
}

/** The folder belongs to somebody who is alive. */
export function inUse(dataDir: string, cause?: unknown): UstazError {
  return new UstazError('embedded-database-in-use', {
    status: 500,
    params: { dataDir },
    message:
      `The database in ${dataDir} is in use by another running process. Stop that one first, or set USTAZ_DATA_DIR to ` +
      'another folder to run a second one beside it.',
    cause,
  })
}
