import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chmod } from 'node:fs/promises'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'

/** globalSetup of vitest: one embedded server for all test files; each file clones its database from a template. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.USTAZ_TEST_DATABASE_URL) return async () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-test-'))
  await chmod(folder, 0o755)
  const server = await startEmbeddedPostgres({ folder, durable: false })
  process.env.USTAZ_TEST_DATABASE_URL = server.url
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
