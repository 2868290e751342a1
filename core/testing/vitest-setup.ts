import { readTestDatabaseUrl } from '../config.ts'
import { startTestServer } from './start-test-server.ts'

/** globalSetup of vitest: one embedded server for all test files; each file clones its database from a template. */
export default async function setup(): Promise<() => Promise<void>> {
  if (readTestDatabaseUrl()) return async () => undefined
  const server = await startTestServer()
  process.env.USTAZ_TEST_DATABASE_URL = server.url
  return server.stop
}
