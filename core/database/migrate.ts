import type { Pool, PoolClient } from 'pg'
import { attachAudit } from '../audit/attach-audit.ts'
import { UstazError } from '../contract/problem.ts'
import type { AuditRules } from '../plugin/audit-rules.ts'
import { checkMigrations } from './check-migrations.ts'
import { readMigrations } from './read-migrations.ts'
import type { Migration } from './read-migrations.ts'

/** Whose tables: core, or a plugin's id. */
export interface MigrationOwner {
  owner: string
  /** Folder of numbered .sql files: 0001-what.sql, 0002-... */
  folder: URL
  /** What the owner says about auditing its tables; absent: as core says about its own, and a plugin's are all audited. */
  audit?: AuditRules
}

/** Key of the advisory lock that lets one process at a time migrate. */
const migrationLock = 7_382_000

/** The PostgreSQL schema of an owner's tables. */
export function schemaOf(owner: string): string {
  return owner === 'core' ? 'core' : `plugin_${owner.replaceAll('-', '_')}`
}

/**
 * Brings the schema of each owner up to date: one transaction a file, in the order of the numbers; answers the names of
 * the files that ran. New tables are audited from then on. Several processes may start at once. Nothing runs unless all owners' files fit what ran before.
 * Throws `migration-edited`, `migration-missing`, `migration-out-of-order`, `migration-misnamed`, `migration-failed` and
 * `database-unreachable`.
 */
export async function migrate(pool: Pool, owners: readonly MigrationOwner[]): Promise<string[]> {
  const pending = await Promise.all(
    owners.map(async ({ folder, ...rest }) => ({ ...rest, files: await readMigrations(rest.owner, folder) })),
  )
  const client = await connect(pool)
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(ledger)
    for (const item of pending) item.files = await keepPending(client, item.owner, item.files)
    for (const { owner, files } of pending) for (const file of files) await apply(client, owner, file)
    for (const { owner, audit } of pending) await attachAudit(client, schemaOf(owner), audit)
    return pending.flatMap(({ owner, files }) => files.map(({ name }) => `${owner}/${name}`))
  } finally {
    // A broken connection has lost the lock already, and a connection that is thrown away gives it back.
    client.release(true)
  }
}

const ledger = `create schema if not exists core;
  create table if not exists core.migration (owner text, name text, sha256 text not null,
    applied_at timestamptz not null default now(), primary key (owner, name))`

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    const reason = describe(cause)
    throw new UstazError('database-unreachable', {
      status: 503,
      params: { reason },
      message: `The database cannot be reached: ${reason}. Check DATABASE_URL and that the server is running.`,
      cause,
    })
  }
}

async function keepPending(client: PoolClient, owner: string, files: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from core.migration where owner = $1 order by name collate "C"',
    [owner],
  )
  return checkMigrations(owner, rows, files)
}

async function apply(client: PoolClient, owner: string, file: Migration): Promise<void> {
  const schema = `"${schemaOf(owner)}"`
  try {
    await client.query('begin')
    await client.query(`create schema if not exists ${schema}`)
    await client.query(`set local search_path = ${schema}, public`)
    await client.query(file.sql)
    await client.query('insert into core.migration (owner, name, sha256) values ($1, $2, $3)', [
      owner,
      file.name,
      file.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    throw failed(owner, file, cause)
  }
}

/** The connection is thrown away after this, which rolls the file back. */
function failed(owner: string, { name, sql }: Migration, cause: unknown): UstazError {
  const position = Number((cause as { position?: string }).position ?? Number.NaN)
  const line = Number.isNaN(position) ? null : sql.slice(0, position).split('\n').length
  const reason = describe(cause)
  return new UstazError('migration-failed', {
    status: 500,
    params: { owner, name, line, reason },
    message: `Migration ${owner}/${name}${line ? ` line ${line}` : ''} failed and was undone: ${reason}`,
    cause,
  })
}

/** A refused connection to several addresses comes as an error without a message of its own. */
function describe(cause: unknown): string {
  if (cause instanceof AggregateError && !cause.message) return cause.errors.map(describe).join('; ')
  return cause instanceof Error ? cause.message : String(cause)
}
