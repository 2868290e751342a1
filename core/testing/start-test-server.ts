import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import type { EmbeddedPostgres } from '../database/embedded-postgres.ts'

const prefix = 'ustaz-test-'

/** An embedded server that forgets everything when it is stopped; commits are not forced to disk. */
export async function startTestServer(): Promise<EmbeddedPostgres> {
  await removeLeftovers()
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false })
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...server, stop }
}

/** Folders of test runs that were killed: their name tells the process that made them. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0
    if (pid > 0 && !existsSync(`/proc/${pid}`)) await remove(join(tmpdir(), name))
  }
}

/** Another account's leftovers are that account's to remove. */
async function remove(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM') throw error
  }
}
