import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Does work that one process of this machine may do at a time; others wait. A lock whose process is gone does not count. */
export async function whileAlone<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lockFile), { recursive: true })
  while (!(await takeLock(lockFile))) await sleep(100)
  try {
    return await work()
  } finally {
    await rm(lockFile, { force: true })
  }
}

async function takeLock(lockFile: string): Promise<boolean> {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = Number(await readFile(lockFile, 'utf8').catch(() => ''))
    // An empty file belongs to a process that is about to write its number.
    if (holder > 0 && !isAlive(holder)) await rm(lockFile, { force: true })
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
