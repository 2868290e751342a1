import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { coreAuditRules } from '../audit/audit-rules.ts'
import { readTestDatabaseUrl } from '../config.ts'
import { openDatabase } from '../database/connection.ts'
import type { Database } from '../database/connection.ts'
import type { EmbeddedPostgres } from '../database/embedded-postgres.ts'
import { migrate } from '../database/migrate.ts'
import { readMigrations } from '../database/read-migrations.ts'
import type { MigrationOwner } from '../database/migrate.ts'
import { startTestServer } from './start-test-server.ts'

export interface TestDatabase extends Database {
  url: string
  /** Closes the connections and drops the database. */
  drop(): Promise<void>
}

/** Ends with this process; the next test run removes its folder. */
let ownServer: Promise<EmbeddedPostgres> | null = null

const core: MigrationOwner = { owner: 'core', folder: new URL('../../migrations/', import.meta.url) }

/**
 * A database of its own with core's tables and those of the given plugins, cloned from a template that is migrated once per
 * server and content of the migrations. The server is that of USTAZ_TEST_DATABASE_URL, which vitest-setup.ts starts once for
 * all test files; without it the process starts one of its own, which takes two seconds more.
 */
export async function createTestDatabase(plugins: readonly MigrationOwner[] = []): Promise<TestDatabase> {
  const owners = [core, ...plugins]
  const files = await Promise.all(
    owners.map(async ({ owner, folder }) => await readMigrations(owner, folder)),
  )
  const content = owners.map(({ owner, audit = coreAuditRules }, index) => [
    owner,
    audit,
    files[index]!.map(({ name, sha256 }) => [name, sha256]),
  ])
  const fill = async (url: string) => {
    const fresh = openDatabase(url)
    await migrate(fresh.pool, owners).finally(fresh.close)
  }
  return await copyTestDatabase({ content: JSON.stringify(content), fill })
}

/** What a template holds: the same content is filled in once per server, whoever of the test files comes first. */
export interface TestTemplate {
  content: string
  /** Fills the empty database of this address, and leaves no connection to it open. */
  fill(url: string): Promise<void>
}

/** A database of its own, cloned from the template; some tens of milliseconds once that is filled. */
export async function copyTestDatabase(template: TestTemplate): Promise<TestDatabase> {
  const server = readTestDatabaseUrl() ?? (await (ownServer ??= startTestServer())).url
  const source = await prepareTemplate(server, template)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(server, async (client) => {
    await client.query(`create database ${name} template ${source}`)
  })
  const url = withDatabase(server, name)
  const database = openDatabase(url)
  const drop = async () => {
    await database.close()
    await administer(server, async (client) => {
      await client.query(`drop database ${name} with (force)`)
    })
  }
  return { ...database, url, drop }
}

async function prepareTemplate(server: string, { content, fill }: TestTemplate): Promise<string> {
  const name = `template_${createHash('sha256').update(content).digest('hex').slice(0, 32)}`
  await administer(server, async (client) => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rows.length > 0) return
    await client.query(`drop database if exists ${name}_new with (force)`)
    await client.query(`create database ${name}_new`)
    await fill(withDatabase(server, `${name}_new`))
    await client.query(`alter database ${name}_new rename to ${name}`)
  })
  return name
}

/** One connection to the server's own database; its advisory locks end with it. */
async function administer(server: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await work(client).finally(async () => await client.end())
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
