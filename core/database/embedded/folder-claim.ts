import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { Server } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UstazError } from '../../contract/problem.ts'

/** A process that was just killed or stopped may need a moment to let go. */
const patienceMilliseconds = 2000
const pollMilliseconds = 50

/**
 * Makes this process the only one that works on a data folder, which need not exist yet (its parent must); answers how to let
 * go. The claim is a socket in Linux'
 * abstract namespace: the kernel drops it with the process, however that ends, so no stale lock file can remain.
 * Throws `embedded-database-in-use` if another living process holds it.
 */
export async function claimFolder(dataDir: string): Promise<() => Promise<void>> {
  const place = join(realpathSync(dirname(dataDir)), basename(dataDir))
  const name = `\0ustaz-database-${createHash('sha256').update(place).digest('hex').slice(0, 32)}`
  for (let waited = 0; ; waited += pollMilliseconds) {
    const claim = await listen(name)
    if (claim instanceof Server) return async () => await close(claim)
    if (claim.code !== 'EADDRINUSE') throw claim
    if (waited >= patienceMilliseconds) throw inUse(dataDir, claim)
    await sleep(pollMilliseconds)
  }
}

async function listen(path: string): Promise<Server | NodeJS.ErrnoException> {
  const server = new Server()
  return await new Promise((resolve) => {
    server.once('error', resolve)
    server.listen({ path }, () => {
      resolve(server.unref())
    })
  })
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
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
