import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Pool, PoolClient } from 'pg'
import { UstazError } from '../contract/problem.ts'

/** Whose tables: core, or a plugin's id. */
export interface MigrationOwner {
  owner: string
  /** Folder of numbered .sql files: 0001-what.sql, 0002-... */
  folder: URL
}

interface Migration {
  name: string
  sql: string
  sha256: string
}

/** Key of the advisory lock that lets one process at a time migrate. */
const migrationLock = 7_382_000

export function schemaOf(owner: string): string {
  return owner === 'core' ? 'core' : `plugin_${owner.replaceAll('-', '_')}`
}

/**
 * Brings the schema of each owner up to date: one transaction a file, in the order of the numbers; answers the names of
 * the files that ran. Several processes may start at once. Throws `migration-edited`, `migration-missing`, `migration-failed`.
 */
export async function migrate(pool: Pool, owners: readonly MigrationOwner[]): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(`create schema if not exists core;
      create table if not exists core.migration (owner text, name text, sha256 text not null,
        applied_at timestamptz not null default now(), primary key (owner, name))`)
    const ran: string[] = []
    for (const owner of owners) ran.push(...(await migrateOwner(client, owner)))
    return ran
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined)
    client.release()
  }
}

/** The numbered files of a folder with their hashes; an absent folder has none. */
export async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return await Promise.all(
    names
      .filter((name) => /^\d{4}-.+\.sql$/.test(name))
      .sort()
      .map(async (name) => {
        const sql = await readFile(new URL(name, folder), 'utf8')
        return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
      }),
  )
}

async function migrateOwner(client: PoolClient, { owner, folder }: MigrationOwner): Promise<string[]> {
  const files = await readMigrations(folder)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from core.migration where owner = $1 order by name',
    [owner],
  )
  rows.forEach((applied, index) => {
    checkApplied(owner, applied, files[index])
  })
  const pending = files.slice(rows.length)
  for (const file of pending) await apply(client, owner, file)
  return pending.map(({ name }) => `${owner}/${name}`)
}

function checkApplied(owner: string, applied: { name: string; sha256: string }, file: Migration | undefined) {
  const params = { owner, name: applied.name }
  if (file?.name !== applied.name) throw new UstazError('migration-missing', { status: 500, params })
  if (file.sha256 !== applied.sha256) throw new UstazError('migration-edited', { status: 500, params })
}

async function apply(client: PoolClient, owner: string, file: Migration): Promise<void> {
  const schema = schemaOf(owner)
  try {
    await client.query('begin')
    await client.query(`create schema if not exists "${schema}"`)
    await client.query(`set local search_path = "${schema}", public`)
    await client.query(file.sql)
    await client.query('insert into core.migration (owner, name, sha256) values ($1, $2, $3)', [
      owner,
      file.name,
      file.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new UstazError('migration-failed', {
      status: 500,
      params: { owner, name: file.name, message },
      cause,
    })
  }
}
